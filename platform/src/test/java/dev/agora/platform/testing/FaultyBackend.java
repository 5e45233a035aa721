package dev.agora.platform.testing;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import org.jspecify.annotations.Nullable;

/** Logs its commands, and fails those that a test selects. */
final class FaultyBackend extends MemoryBackend {

	private final CommandLog log = new CommandLog();

	private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();

	CommandLog log() {
		return this.log;
	}

	void add(Fault fault) {
		this.faults.add(fault);
	}

	@Override
	public Document handleMessage(MongoMessage message) {
		Document command = message.getDocument();
		this.log.add(command);
		Fault fault = take(command);
		if (fault == null) {
			return execute(message);
		}
		Document answer = fault.isDone() ? execute(message) : null;
		if (answer != null && fault.code() == 0) {
			pause(fault.delay());
			return answer;
		}
		throw new MongoServerError(fault.code(), "Fault", "a fault of this test");
	}

	/**
	 * Executes one command after the other and copies the response. The documents of the
	 * library change in place, so a later command would change a response that is not
	 * sent yet.
	 */
	private synchronized Document execute(MongoMessage message) {
		return super.handleMessage(message).cloneDeeply();
	}

	private @Nullable Fault take(Document command) {
		Fault fault = this.faults.stream().filter((each) -> each.command().test(command)).findFirst().orElse(null);
		boolean isMine = fault != null && (fault.isLasting() || this.faults.remove(fault));
		return isMine ? fault : null;
	}

	private static void pause(Duration delay) {
		try {
			TimeUnit.MILLISECONDS.sleep(delay.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * A fault of the server.
	 *
	 * @param command selects the commands that fail
	 * @param code the error code of the response, 0 for none
	 * @param isDone whether the command takes effect although it fails
	 * @param isLasting whether every selected command fails, and not only the next one
	 * @param delay the delay of the response to a command that does not fail
	 */
	record Fault(Predicate<Document> command, int code, boolean isDone, boolean isLasting, Duration delay) {

		Fault(Predicate<Document> command, int code, boolean isDone, boolean isLasting) {
			this(command, code, isDone, isLasting, Duration.ZERO);
		}

	}

}
