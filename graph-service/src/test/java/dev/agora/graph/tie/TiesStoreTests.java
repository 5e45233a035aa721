package dev.agora.graph.tie;

import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import dev.agora.graph.TestGraph;
import dev.agora.platform.testing.TestMongoServer;

import static org.assertj.core.api.Assertions.assertThat;

class TiesStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private final TestGraph graph = new TestGraph(mongo);

	@AfterAll
	static void stop() {
		mongo.close();
	}

	@Test
	void countsAListInParts() {
		Flux.range(1, 7).concatMap((i) -> this.graph.follow("0B" + i, "0A")).blockLast();
		this.graph.follow("0A", "0B1").block();
		this.graph.follow("0B1", "0C").block();
		IntStream.rangeClosed(1, 8)
			.forEach((atOnce) -> assertThat(this.graph.ties.count("0A", TieKind.FOLLOWERS, atOnce).block())
				.isEqualTo(7));
		int before = mongo.count("aggregate", "ties");
		assertThat(this.graph.ties.count("0A", TieKind.FOLLOWERS, 3).block()).isEqualTo(7);
		assertThat(mongo.count("aggregate", "ties") - before).isEqualTo(3);
		assertThat(this.graph.ties.count("0A", TieKind.FRIENDS, 3).block()).isEqualTo(1);
		assertThat(this.graph.ties.count("0D", TieKind.FOLLOWERS, 3).block()).isZero();
	}

}
