package dev.agora.platform.mongo;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.testing.TestMongoServer;

import static org.assertj.core.api.Assertions.assertThat;

class LeaseStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private static final Duration LENGTH = Duration.ofSeconds(5);

	private final MongoCollection<BsonDocument> leases = mongo.database("leases" + System.nanoTime())
		.getCollection("leases", BsonDocument.class);

	private final AtomicLong time = new AtomicLong();

	private final Lease mine = new Lease(this.leases, "work", this.time::get);

	private final Lease theirs = new Lease(this.leases, "work", this.time::get);

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@Test
	void isHeldByOneInstanceAtATime() {
		assertThat(hold(this.mine)).isTrue();
		assertThat(hold(this.theirs)).isFalse();
		pass(LENGTH.minusNanos(1));
		assertThat(hold(this.theirs)).isFalse();
		assertThat(hold(this.mine)).isTrue();
	}

	@Test
	void expiresWhenItsCounterStandsStill() {
		hold(this.mine);
		hold(this.theirs);
		pass(LENGTH);
		assertThat(hold(this.theirs)).isTrue();
		assertThat(hold(this.mine)).isFalse();
	}

	@Test
	void doesNotExpireWhileItsHolderExtendsIt() {
		for (int i = 0; i < 10; i++) {
			assertThat(hold(this.mine)).isTrue();
			assertThat(hold(this.theirs)).isFalse();
			pass(LENGTH.minusMillis(1));
		}
	}

	@Test
	void lastsForTheDurationOfItsHolder() {
		hold(this.mine);
		assertThat(this.theirs.tryAcquire(Duration.ofSeconds(1)).block()).isFalse();
		pass(LENGTH.minusSeconds(1));
		assertThat(this.theirs.tryAcquire(Duration.ofSeconds(1)).block()).isFalse();
	}

	@Test
	void isTakenOverByOneOfManyInstances() {
		hold(new Lease(this.leases, "work", () -> 0));
		Lease[] others = { this.mine, this.theirs, new Lease(this.leases, "work", this.time::get) };
		for (Lease other : others) {
			hold(other);
		}
		pass(LENGTH);
		int taken = 0;
		for (Lease other : others) {
			taken += hold(other) ? 1 : 0;
		}
		assertThat(taken).isOne();
	}

	@Test
	void ignoresTheClockOfTheHolder() {
		Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofDays(1));
		new DocumentStore(mongo.database(this.leases.getNamespace().getDatabaseName()), new JsonMapper(), ahead)
			.lease("work")
			.tryAcquire(LENGTH)
			.block();
		assertThat(hold(this.mine)).isFalse();
		pass(LENGTH);
		assertThat(hold(this.mine)).isTrue();
	}

	@Test
	void takesOverALeaseInTheOlderForm() {
		hold(this.theirs);
		Mono.from(this.leases.updateOne(Filters.eq("work"),
				Updates.combine(Updates.unset("beat"), Updates.unset("length"))))
			.block();
		assertThat(hold(this.mine)).isFalse();
		pass(LENGTH);
		assertThat(hold(this.mine)).isTrue();
	}

	private void pass(Duration duration) {
		this.time.addAndGet(duration.toNanos());
	}

	private static boolean hold(Lease lease) {
		return Boolean.TRUE.equals(lease.tryAcquire(LENGTH).block());
	}

}
