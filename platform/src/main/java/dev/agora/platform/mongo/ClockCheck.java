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
 * share. An instance whose clock is wrong creates no ids and is not ready.
 */
public final class ClockCheck implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(ClockCheck.class);

	private static final Duration INTERVAL = Duration.ofSeconds(10);

	private static final String LOCAL_TIME = "localTime";

	/**
	 * The older name of the command {@code hello}, since every server supports that name.
	 */
	private static final BsonDocument HELLO = new BsonDocument("isMaster", new BsonInt32(1));

	private final MongoDatabase database;

	private final IdGenerator ids;

	private final Clock clock;

	private volatile boolean inSync = true;

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
			Instant sent = this.clock.instant();
			return Mono.from(this.database.runCommand(HELLO, BsonDocument.class))
				.filter((hello) -> hello.containsKey(LOCAL_TIME))
				.map((hello) -> Instant.ofEpochMilli(hello.getDateTime(LOCAL_TIME).getValue()))
				.doOnNext((theirs) -> update(skew(sent, theirs, this.clock.instant())));
		}).onErrorMap(MongoFailures::toProblem).then();
	}

	/**
	 * The minimum by which this clock is ahead or, if negative, behind. The database read
	 * its clock at any time between the request and the response.
	 */
	static Duration skew(Instant sent, Instant theirs, Instant received) {
		if (theirs.isBefore(sent)) {
			return Duration.between(theirs, sent);
		}
		return theirs.isAfter(received) ? Duration.between(theirs, received) : Duration.ZERO;
	}

	private void update(Duration skew) {
		boolean agrees = this.ids.compareClock(skew);
		if (agrees != this.inSync) {
			this.inSync = agrees;
			if (agrees) {
				log.info("The clock of this instance agrees with that of the database again.");
			}
			else {
				log.error(
						"The clock of this instance differs from that of the database by {}: the instance creates no"
								+ " ids and is not ready until the difference is below {}. Synchronize the clocks.",
						skew, IdGenerator.TOLERANCE);
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
