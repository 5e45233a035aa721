package dev.agora.platform.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * What a small file says, read again every now and then: a mounted secret is replaced
 * while its readers run. The content is compared and not the time, since a swapped link
 * may lead to a file that is older.
 *
 * @param <T> what the file is read as
 */
public final class WatchedFile<T> implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(WatchedFile.class);

	private final Path file;

	private final Reading<T> reading;

	private final Disposable watching;

	private String text;

	private String refused = "";

	private volatile T content;

	/**
	 * Reads the file, and again at each interval.
	 * @param reading makes of its text what it says
	 * @throws IOException if it cannot be read now
	 * @throws ParseException if it is not what it should be now
	 */
	public WatchedFile(Path file, Duration interval, Reading<T> reading) throws IOException, ParseException {
		this.file = file;
		this.reading = reading;
		this.text = Files.readString(file);
		this.content = reading.read(this.text);
		this.watching = Flux.interval(interval, Schedulers.boundedElastic())
			.onBackpressureDrop()
			.subscribe((tick) -> readAgain());
	}

	/** What it said when it was last readable. */
	public T content() {
		return this.content;
	}

	/** Reads it now, apart from the caller's thread. */
	public Mono<T> fresh() {
		return Mono.fromCallable(this::readAgain).subscribeOn(Schedulers.boundedElastic());
	}

	@Override
	public void close() {
		this.watching.dispose();
	}

	/** What it said before goes on until it can be read again. */
	private synchronized T readAgain() {
		try {
			String now = Files.readString(this.file);
			if (!now.equals(this.text)) {
				this.content = this.reading.read(now);
				this.text = now;
				log.info("{} has changed.", this.file);
			}
			this.refused = "";
		}
		catch (IOException | ParseException | RuntimeException ex) {
			refuse(ex.toString());
		}
		return this.content;
	}

	private void refuse(String reason) {
		if (!reason.equals(this.refused)) {
			log.warn("{} is not usable, what it said before goes on: {}", this.file, reason);
			this.refused = reason;
		}
	}

	/**
	 * Makes of a file's text what it says.
	 *
	 * @param <T> what it is read as
	 */
	@FunctionalInterface
	public interface Reading<T> {

		T read(String text) throws ParseException;

	}

}
