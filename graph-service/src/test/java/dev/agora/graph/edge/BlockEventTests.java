package dev.agora.graph.edge;

import java.io.IOException;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.agora.platform.testing.Contracts;

import static org.assertj.core.api.Assertions.assertThat;

class BlockEventTests {

	static Stream<BlockEvent> all() {
		return Stream.of(new BlockEvent.Started("0SAX0RSKMBGW0", "0SAX0RSKRBJT3"),
				new BlockEvent.Ended("0SAX0RSKMBGW0", "0SAX0RSKRBJT3"));
	}

	@ParameterizedTest
	@MethodSource("all")
	void matchesTheContract(BlockEvent event) throws IOException {
		Contracts.assertTold(event);
	}

	@Test
	void violatesTheContractWithoutItsBlocker() throws IOException {
		assertThat(Contracts.agrees(BlockEvent.Started.class, "{\"blocked\": \"0SAX0RSKRBJT3\"}")).isFalse();
	}

}
