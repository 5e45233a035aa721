package dev.agora.graph.consistency;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import dev.agora.graph.TestGraph;
import dev.agora.graph.edge.Edge;
import dev.agora.platform.consistency.SourceProgress;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.projection.Reconciler;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestProjections;
import dev.agora.platform.watermark.WatermarkSweep;
import dev.agora.platform.watermark.Watermarks;

import static org.assertj.core.api.Assertions.assertThat;

/** Whether the lists of the graph show writes, by their versions. */
class GraphSourcesStoreTests {

	private static final String ANN = "0000000000000";

	private static final String BEN = "1000000000000";

	private static final TestMongoServer mongo = new TestMongoServer();

	private TestGraph graph;

	private GraphSources sources;

	private Reconciler<MemberCard> reconciler;

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@BeforeEach
	void annFollowsBen() {
		this.graph = new TestGraph(mongo);
		this.graph.member(ANN);
		this.graph.member(BEN);
		this.graph.follow(ANN, BEN).block();
		this.sources = new GraphSources(new Watermarks(this.graph.database),
				new WatermarkSweep(Clock.systemUTC(), Duration.ZERO, (topic, time) -> Mono.empty()));
		this.reconciler = this.graph.members.reconciler(this.graph.memberTies);
	}

	@Test
	void aRegistrationIsAppliedAlthoughTheMemberHasTies() {
		assertThat(members().isInStore(Map.of(ANN, 1L, BEN, 1L)).block()).isTrue();
		assertThat(members().isInStore(Map.of(BEN, 2L)).block()).isFalse();
	}

	@Test
	void aNewNameIsAppliedOnceEachTieShowsIt() {
		MemberCard renamed = new MemberCard(BEN, "ben", "Benjamin");
		TestProjections.upsertMember(this.graph.store, renamed, 2).block();
		assertThat(members().isInStore(Map.of(BEN, 2L)).block()).isFalse();
		this.reconciler.upsert(BEN, 2, renamed).block();
		assertThat(members().isInStore(Map.of(BEN, 2L)).block()).isTrue();
	}

	@Test
	void aDeletionIsAppliedOnceNoTieShowsTheMember() {
		TestProjections.deleteMember(this.graph.store, BEN, 2).block();
		assertThat(members().isInStore(Map.of(BEN, 2L)).block()).isFalse();
		this.reconciler.remove(BEN, 2).block();
		assertThat(members().isInStore(Map.of(BEN, 2L)).block()).isTrue();
	}

	@Test
	void theCheckChangesNothing() {
		this.graph.dismissals.add(BEN, ANN).block();
		List<Edge> many = IntStream.range(0, 201).mapToObj((i) -> new Edge(String.format("2%012d", i), BEN)).toList();
		many.forEach((edge) -> this.graph.member(edge.from()));
		this.graph.follows.followAll(many).block();
		TestProjections.deleteMember(this.graph.store, BEN, 2).block();
		members().isInStore(Map.of(BEN, 2L)).block();
		assertThat(Mono.from(this.graph.database.getCollection("pendingMembers").countDocuments()).block()).isZero();
		assertThat(this.graph.dismissals.contains(BEN, ANN).block()).isTrue();
	}

	@Test
	void aFollowIsAppliedWithItsTies() {
		SourceProgress follows = this.sources.followProgress(this.graph.ties);
		String follow = ANN + ":" + BEN;
		assertThat(follows.isInStore(Map.of(follow, 1L)).block()).isTrue();
		this.graph.followEdges.end(ANN, BEN).block();
		assertThat(follows.isInStore(Map.of(follow, 2L)).block()).as("its ties were not written").isFalse();
		this.graph.follows.unfollow(ANN, BEN).block();
		assertThat(follows.isInStore(Map.of(follow, 2L)).block()).isTrue();
		assertThat(follows.isInStore(Map.of("forged", 1L)).block()).isFalse();
	}

	@Test
	void aBlockIsAppliedWithItsTiesAndTheFollowsThatItEnds() {
		SourceProgress blocks = this.sources.blockProgress(this.graph.ties);
		this.graph.blockEdges.start(ANN, BEN).block();
		assertThat(blocks.isInStore(Map.of(ANN + ":" + BEN, 1L)).block()).isFalse();
		this.graph.block(ANN, BEN).block();
		assertThat(blocks.isInStore(Map.of(ANN + ":" + BEN, 1L)).block()).isTrue();
		assertThat(this.sources.followProgress(this.graph.ties).isInStore(Map.of(ANN + ":" + BEN, 2L)).block())
			.isTrue();
	}

	private SourceProgress members() {
		return this.sources.memberProgress(this.reconciler, Clock.systemUTC());
	}

}
