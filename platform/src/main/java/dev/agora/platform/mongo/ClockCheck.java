package dev.agora.platform.mongo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.SmartLifecycle;

import dev.agora.platform.id.IdGenerator;

/**
 * Compares the clock of this instance with that of the database, which all instances
 * share. An instance whose clock is wrong makes no ids and is not ready.
 */
public final class ClockCheck implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(ClockCheck.class);

	private static final Duration INTERVAL = Duration.ofSeconds(10);

	private static final String LOCAL_TIME = "localTime";

	/** Every server knows it; some do not know its newer name. */
	private static final BsonDocument HELLO = new BsonDocument("isMaster", new BsonInt32(1));

	private final MongoDatabase database;

	private final IdGenerator ids;

	private final Clock clock;

	private volatile boolean right = true;

	private volatile Disposable checks = Mono.empty().subscribe();

	private volatile boolean running;

	public ClockCheck(MongoDatabase database, IdGenerator ids, Clock clock) {
		this.database = database;
		this.ids = ids;
		this.clock = clock;
	}

	/** Compares the clocks once. */
	public Mono<Void> check() {
		return Mono.defer(() -> {
			Instant asked = this.clock.instant();
			return Mono.from(this.database.runCommand(HELLO, BsonDocument.class))
				.filter((hello) -> hello.containsKey(LOCAL_TIME))
				.map((hello) -> Instant.ofEpochMilli(hello.getDateTime(LOCAL_TIME).getValue()))
				.doOnNext((theirs) -> note(skew(asked, theirs, this.clock.instant())));
		}).onErrorMap(MongoFailures::toProblem).then();
	}

	/**
	 * By how much the clock is ahead at the least, or, negative, behind: the answer may
	 * have been under way for all the time between the question and its arrival.
	 */
	static Duration skew(Instant asked, Instant theirs, Instant arrived) {
		if (theirs.isBefore(asked)) {
			return Duration.between(theirs, asked);
		}
		return theirs.isAfter(arrived) ? Duration.between(theirs, arrived) : Duration.ZERO;
	}

	private void note(Duration skew) {
		boolean now = this.ids.compareClock(skew);
		if (now != this.right) {
			this.right = now;
			if (now) {
				log.info("The clock is right again.");
			}
			else {
				log.error("The clock of this instance differs from that of the database by {}: it makes no ids and is"
						+ " not ready until that is less than {}.", skew, IdGenerator.TOLERANCE);
			}
		}
	}

	@Override
	public void start() {
		this.running = true;
		this.checks = Flux.interval(INTERVAL)
			.onBackpressureDrop()
			.concatMap((tick) -> check().onErrorComplete())
			.subscribe();
	}

	@Override
	public void stop() {
		this.running = false;
		this.checks.dispose();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
