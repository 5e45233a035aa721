package dev.agora.graph.count;

import java.time.Duration;
import java.util.List;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.graph.TestGraph;
import dev.agora.graph.tie.TieKind;
import dev.agora.platform.schedule.LeasedSchedules;
import dev.agora.platform.testing.TestMongoServer;

import static org.assertj.core.api.Assertions.assertThat;

class RecountStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private TestGraph graph;

	private Recount recount;

	private RecountSweep sweep;

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@BeforeEach
	void open() {
		this.graph = new TestGraph(mongo);
		this.recount = new Recount(this.graph.ties, this.graph.graphs, this.graph.writer, this.meters);
		this.sweep = new RecountSweep(this.recount, this.graph.graphs, new RecountSettings(Duration.ofHours(1), 2),
				new SweepPositions(this.graph.database), new LeasedSchedules(this.graph.store));
		this.graph.follow("0A", "0B").block();
		this.graph.follow("0C", "0B").block();
		this.graph.follow("0B", "0A").block();
	}

	@Test
	void correctsAndReportsAWrongCount() {
		set(Updates.set("followers", 7L));
		assertThat(this.recount.run("0B").block()).isTrue();
		assertThat(this.graph.counts("0B")).isEqualTo(this.graph.recount("0B"));
		assertThat(differences()).isEqualTo(1);
		assertThat(this.graph.changes)
			.endsWith(new MemberGraphChange("0B", this.graph.graph("0B").version(), List.of()));
		assertThat(this.recount.run("0B").block()).isTrue();
		assertThat(differences()).isEqualTo(1);
	}

	@Test
	void findsNoDifferenceAfterWritesOrWhileTheyRun() {
		Flux<Void> writes = Flux.range(0, 200)
			.flatMap((i) -> (i % 2 == 0) ? this.graph.follow("0D" + i % 7, "0B")
					: this.graph.follows.unfollow("0D" + i % 7, "0B"), 4);
		Flux<Boolean> recounts = Mono.defer(() -> this.recount.run("0B")).repeat(100);
		Flux.merge(writes.thenMany(Flux.<Boolean>empty()), recounts).blockLast();
		assertThat(differences()).isZero();
		assertThat(this.graph.counts("0B")).isEqualTo(this.graph.recount("0B"));
	}

	@Test
	void removesTokensThatADeadWriterLeft() {
		set(Updates.set("tokens.0A", new Document("revision", 1L).append("kinds", List.of("followers"))));
		assertThat(this.recount.run("0B").block()).isTrue();
		assertThat(this.graph.graph("0B").tokens()).isEmpty();
		assertThat(differences()).isZero();
	}

	@Test
	void recountsAllMembersInPartsAndBeginsAgain() {
		for (int part = 0; part < 4; part++) {
			this.sweep.sweep().block();
		}
		assertThat(this.meters.counter("graph.recounts").count()).isEqualTo(6);
	}

	@Test
	void aMemberWhoCannotBeRecountedStopsNoOther() {
		mongo.failNext("aggregate", "ties");
		this.sweep.sweep().block();
		this.sweep.sweep().block();
		assertThat(this.meters.counter("graph.recounts").count()).isEqualTo(2);
		assertThat(this.meters.counter("graph.recounts.skipped").count()).isEqualTo(1);
	}

	@Test
	void aTieThatCannotBeCountedStopsNoRecount() {
		mongo.failNext("find", "ties");
		this.sweep.sweep().block();
		assertThat(this.meters.counter("graph.recounts").count()).isEqualTo(2);
	}

	@Test
	void countsOneTieAfterAnotherIfTheyCannotBeCountedTogether() {
		for (String follower : List.of("0D", "0E")) {
			mongo.failNext("update", "memberGraphs");
			this.graph.follow(follower, "0B").onErrorComplete().block();
		}
		this.sweep.sweep().block();
		mongo.failNext("update", "memberGraphs");
		this.sweep.sweep().block();
		assertThat(this.graph.counts("0B")).isEqualTo(this.graph.recount("0B"));
		assertThat(this.graph.counts("0B").get(TieKind.FOLLOWERS)).isEqualTo(4);
	}

	@Test
	void reportsAMemberWhoChangesDuringEachComparison() {
		mongo.failNext("update", "memberGraphs");
		this.graph.follow("0D", "0B").onErrorComplete().block();
		this.sweep.sweep().block();
		assertThat(this.meters.counter("graph.recounts").count()).isEqualTo(1);
		assertThat(this.meters.counter("graph.recounts.skipped").count()).isEqualTo(1);
	}

	@Test
	void countsTiesWhoseWriterDiedWithoutTheirEvents() {
		mongo.failNext("update", "memberGraphs");
		this.graph.follow("0D", "0B").onErrorComplete().block();
		assertThat(this.graph.counts("0B")).isNotEqualTo(this.graph.recount("0B"));
		this.sweep.sweep().block();
		assertThat(this.graph.counts("0B")).as("a tie that may be in progress").isNotEqualTo(this.graph.recount("0B"));
		this.sweep.sweep().block();
		assertThat(this.graph.counts("0B")).isEqualTo(this.graph.recount("0B"));
		assertThat(this.graph.counts("0B").get(TieKind.FOLLOWERS)).isEqualTo(3);
		assertThat(differences()).isZero();
	}

	private double differences() {
		return this.meters.counter("graph.recounts.differences").count();
	}

	private void set(Bson update) {
		Mono.from(this.graph.database.getCollection("memberGraphs").updateOne(Filters.eq("0B"), update)).block();
	}

}
