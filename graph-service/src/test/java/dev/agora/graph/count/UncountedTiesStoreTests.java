package dev.agora.graph.count;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandSucceededEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.agora.graph.TestGraph;
import dev.agora.graph.tie.TieCount;
import dev.agora.graph.tie.TieKind;
import dev.agora.graph.tie.Ties;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.web.Deadline;

import static org.assertj.core.api.Assertions.assertThat;

/** Ends follows whose writer died between the ties and the counts. */
class UncountedTiesStoreTests {

	private static final String ANNA = "0A";

	private static final String BEN = "0B";

	private static final List<String> BOTH = List.of(ANNA, BEN);

	private static final Map<TieKind, Long> NOTHING = Map.of(TieKind.FOLLOWERS, 0L, TieKind.FOLLOWING, 0L,
			TieKind.FRIENDS, 0L);

	private static final TestMongoServer mongo = new TestMongoServer();

	private TestGraph graph;

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@BeforeEach
	void open() {
		this.graph = new TestGraph(mongo);
	}

	@Test
	void raisesTheVersionWithAnUnfollowOfAFollowThatWasNeverCounted() {
		mongo.failNext("insert", "memberGraphs");
		this.graph.follow(ANNA, BEN).onErrorComplete().block();
		mongo.failNext("insert", "memberGraphs");
		this.graph.follows.unfollow(ANNA, BEN).onErrorComplete().block();
		assertThat(this.graph.ties.hasUncounted(ANNA).block()).as("the follow may have been read").isTrue();
		this.graph.follows.unfollow(ANNA, BEN).block();
		assertThat(this.graph.ties.hasUncounted(ANNA).block()).isFalse();
		assertThat(this.graph.changes).filteredOn((change) -> change.owner().equals(ANNA))
			.singleElement()
			.isEqualTo(new MemberGraphChange(ANNA, 1, List.of(new TieMove(TieKind.FOLLOWERS, false, BEN),
					new TieMove(TieKind.FOLLOWING, false, BEN), new TieMove(TieKind.FRIENDS, false, BEN))));
		assertThat(this.graph.counts(ANNA)).isEqualTo(NOTHING);
		assertThat(this.graph.differences(BOTH)).isEmpty();
	}

	@Test
	void aSlowWriterCannotCountAFollowThatEndedMeanwhile() {
		mongo.failNext("insert", "memberGraphs");
		this.graph.follow(ANNA, BEN).onErrorComplete().block();
		MemberGraph slow = MemberGraph.empty(ANNA)
			.change(List.of(new TieMove(TieKind.FOLLOWING, true, BEN)),
					Map.of(BEN, new TieCount(1, Set.of(TieKind.FOLLOWING))));
		this.graph.follows.unfollow(ANNA, BEN).block();
		assertThat(this.graph.graphs.write(List.of(slow)).block()).isFalse();
		assertThat(this.graph.counts(ANNA)).isEqualTo(NOTHING);
	}

	/** Each row is a command during which the primary steps down. */
	@ParameterizedTest
	@CsvSource({ "insert,ties,true", "insert,ties,false", "insert,memberGraphs,true", "update,ties,false",
			"update,memberGraphs,true", "find,ties,false" })
	void aFollowIsCompletedDuringAnElectionIfItsCallerWaits(String command, String collection, boolean isDone) {
		mongo.stepDownAt(command, collection, isDone);
		this.graph.follow(ANNA, BEN)
			.contextWrite(Deadline.after(System.nanoTime(), Duration.ofSeconds(30))::putInto)
			.block();
		assertThat(this.graph.counts(BEN)).containsEntry(TieKind.FOLLOWERS, 1L);
		assertThat(this.graph.differences(BOTH)).isEmpty();
	}

	@Test
	void aRecountDoesNotCorrectTheCountsByAFollowThatEndsMeanwhile() {
		this.graph.follow("0C", BEN).block();
		mongo.failNext("update", "memberGraphs");
		this.graph.follow(ANNA, BEN).onErrorComplete().block();
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		Ties ties = new Ties(mongo.database(this.graph.database.getName(), afterTheFirstCount()), this.graph.store);
		Recount recount = new Recount(ties, this.graph.graphs, this.graph.writer, meters);
		assertThat(recount.run(BEN).block()).as("compared").isFalse();
		assertThat(meters.counter("graph.recounts.differences").count()).isZero();
		assertThat(this.graph.counts(BEN)).isEqualTo(this.graph.recount(BEN));
	}

	/** Ends the follow when its tie has been counted and before that is checked. */
	private CommandListener afterTheFirstCount() {
		AtomicBoolean isEnded = new AtomicBoolean();
		return new CommandListener() {
			@Override
			public void commandSucceeded(CommandSucceededEvent event) {
				if (event.getCommandName().equals("aggregate") && !isEnded.getAndSet(true)) {
					UncountedTiesStoreTests.this.graph.follows.unfollow(ANNA, BEN).block();
				}
			}
		};
	}

}
