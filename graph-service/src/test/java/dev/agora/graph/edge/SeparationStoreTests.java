package dev.agora.graph.edge;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandSucceededEvent;
import com.mongodb.reactivestreams.client.MongoCollection;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import dev.agora.graph.TestGraph;
import dev.agora.platform.document.Stored;
import dev.agora.platform.testing.TestMongoServer;

import static org.assertj.core.api.Assertions.assertThat;

/** Interleaves the steps of follows and blocks one by one. */
class SeparationStoreTests {

	private static final Edge PAIR = new Edge("0A", "0B");

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
	void endsAFollowThatABlockOfEitherSideFinds() {
		for (Edge pair : List.of(PAIR, PAIR.reversed())) {
			start();
			this.graph.blockEdges.start(pair.from(), pair.to()).block();
			this.graph.separation.separate(pair).blockLast();
			assertThat(isActive()).isFalse();
			this.graph.blockEdges.end(pair.from(), pair.to()).block();
		}
	}

	@Test
	void endsAFollowThatStartedAfterTheBlockReadTheFollows() {
		this.graph.blockEdges.start("0B", "0A").block();
		this.graph.separation.separate(PAIR).blockLast();
		Stored<Follow> follow = start();
		assertThat(this.graph.separation.enforce(follow).block().value().active()).isFalse();
		assertThat(isActive()).isFalse();
	}

	@Test
	void keepsAFollowThatStartedAfterTheBlockWasLifted() {
		Stored<Follow> earlier = start();
		this.graph.blockEdges.start("0B", "0A").block();
		this.graph.followEdges.end("0A", "0B").block();
		this.graph.blockEdges.end("0B", "0A").block();
		Stored<Follow> later = start();
		assertThat(this.graph.followEdges.end(earlier).block()).isEqualTo(later);
		this.graph.separation.separate(PAIR).blockLast();
		assertThat(isActive()).isTrue();
	}

	@Test
	void restartsAFollowThatEndedInTheMillisecondOfItsCreation() {
		for (int i = 0; i < 50; i++) {
			String other = String.format("1%012d", i);
			this.graph.followEdges.start("0A", other, List.of()).block();
			this.graph.followEdges.end("0A", other).block();
			assertThat(this.graph.followEdges.start("0A", other, List.of()).block().value().active()).isTrue();
		}
	}

	@Test
	void leavesAFollowThatTheMajorityDoesNotHaveToItsWriter() {
		start();
		this.graph.blockEdges.start("0B", "0A").block();
		TestGraph other = new TestGraph(mongo.database(this.graph.database.getName(), removeFollowsOnceFound()));
		assertThat(other.separation.separate(PAIR).collectList().block()).isEmpty();
		Stored<Follow> committed = start();
		assertThat(this.graph.separation.enforce(committed).block().value().active()).isFalse();
	}

	/** The server of the tests has no majority, so that the change finds no follow. */
	private CommandListener removeFollowsOnceFound() {
		MongoCollection<Document> follows = this.graph.database.getCollection("follows");
		AtomicBoolean isRemoved = new AtomicBoolean();
		return new CommandListener() {
			@Override
			public void commandSucceeded(CommandSucceededEvent event) {
				if (event.getCommandName().equals("find") && event.getResponse().toString().contains("follows")
						&& !isRemoved.getAndSet(true)) {
					Mono.from(follows.deleteMany(new Document())).block();
				}
			}
		};
	}

	private Stored<Follow> start() {
		return this.graph.followEdges.start("0A", "0B", List.of()).block();
	}

	private boolean isActive() {
		return this.graph.followEdges.find("0A", "0B").block().value().active();
	}

}
