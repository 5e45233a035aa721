package dev.agora.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SocialGraphTests {

	@Test
	void readsFriendshipsOnceInBothDirections(@TempDir Path folder) throws IOException {
		Path file = Files.writeString(folder.resolve("graph.edges"), "% a comment\n7 3\n\n3 7\n7 9\n9 9\n");
		SocialGraph graph = SocialGraph.read(file);
		assertThat(graph.size()).isEqualTo(3);
		assertThat(graph.follows()).isEqualTo(4);
		assertThat(graph.lines("m").lines()).containsExactlyInAnyOrder("m0 m1", "m1 m0", "m0 m2", "m2 m0");
	}

	@Test
	void refusesAFileWithoutFriendships(@TempDir Path folder) throws IOException {
		Path file = Files.writeString(folder.resolve("graph.edges"), "a,b\n");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> SocialGraph.read(file))
			.withMessageEndingWith("is not a list of friendships: no line has two names.");
	}

	@Test
	void generatesTheSizeOfReed98WithALongTail() {
		SocialGraph graph = SocialGraph.generate(962, 39, 98);
		assertThat(graph.size()).isEqualTo(962);
		assertThat(graph.follows() / 962.0).isBetween(38.0, 40.5);
		assertThat(graph.friendsOf(0)).isGreaterThan(100);
		assertThat(graph.lines("m")).isEqualTo(SocialGraph.generate(962, 39, 98).lines("m"));
	}

	@Test
	void aCompleteGraphConnectsAllMembers() {
		SocialGraph graph = SocialGraph.complete(40);
		assertThat(graph.follows()).isEqualTo(40 * 39);
		assertThat(graph.friendsOf(17)).isEqualTo(39);
	}

}
