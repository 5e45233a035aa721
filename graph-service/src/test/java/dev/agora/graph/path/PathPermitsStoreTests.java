package dev.agora.graph.path;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.graph.TestGraph;
import dev.agora.graph.set.SetInstance;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.member.MemberProjection;
import dev.agora.platform.problem.TooManyRequests;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestProjections;
import dev.agora.platform.testing.TestRedisServer;
import dev.agora.platform.web.Consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Searches for paths while a search of one caller does not end. */
class PathPermitsStoreTests {

	private static final Duration BOUND = Duration.ofSeconds(30);

	private static final TestMongoServer mongo = new TestMongoServer();

	private static final TestRedisServer redis = TestRedisServer.started();

	private final TestGraph stores = new TestGraph(mongo);

	@AfterAll
	static void stop() {
		redis.close();
		mongo.close();
	}

	@Test
	void aCallerWhoseSearchesRunTakesNoPermitOfOthers() throws InterruptedException {
		FollowGraph graph = new FollowGraph();
		graph.followInTurn(0, 1, 2);
		Flux.fromIterable(graph.ties()).buffer(500).concatMap(this.stores.ties::write).blockLast();
		graph.members().forEach(this.stores::member);
		CountDownLatch searching = new CountDownLatch(1);
		CountDownLatch end = new CountDownLatch(1);
		MemberProjection slow = TestProjections
			.members(new DocumentStore(mongo.database(this.stores.database.getName(), block(searching, end)),
					JsonMapper.shared(), Clock.systemUTC()));
		try (SetInstance instance = new SetInstance(this.stores, redis, SetInstance.settings(5_000))) {
			Paths paths = new Paths(instance.sets, this.stores.blocks, slow, new PathSettings(1_000, 3));
			String eve = graph.members().get(0);
			CompletableFuture<?> first = paths.find(eve, graph.members().get(1), Consistency.SESSION).toFuture();
			assertThat(searching.await(30, TimeUnit.SECONDS)).isTrue();
			assertThatExceptionOfType(TooManyRequests.class)
				.isThrownBy(() -> paths.find(eve, graph.members().get(2), Consistency.SESSION).block(BOUND));
			String ann = graph.members().get(1);
			assertThat(paths.find(ann, graph.members().get(2), Consistency.SESSION).block(BOUND)).hasSize(2);
			end.countDown();
			assertThat(first).succeedsWithin(BOUND);
			assertThat(paths.find(eve, graph.members().get(2), Consistency.SESSION).block(BOUND)).hasSize(3);
		}
	}

	/** Lets the first read of members wait for the end. */
	private static CommandListener block(CountDownLatch started, CountDownLatch end) {
		return new CommandListener() {
			@Override
			public void commandStarted(CommandStartedEvent event) {
				if (event.getCommandName().equals("find") && started.getCount() > 0) {
					started.countDown();
					Awaitility.await("the end of the search").atMost(BOUND).until(() -> end.getCount() == 0);
				}
			}
		};
	}

}
