package dev.agora.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class SourceBudgetsTests {

	@Test
	void everySourceFileKeepsItsBudget() throws IOException {
		List<String> exceeded = new ArrayList<>();
		List<Path> sources = Modules.sources();
		for (Path source : sources) {
			exceeded.addAll(SourceBudgets.exceededIn(source.getFileName().toString(), Files.readString(source)));
		}
		assertThat(sources).hasSizeGreaterThan(50);
		assertThat(exceeded).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("planted")
	void findsAPlantedViolation(String source, String finding) throws IOException {
		assertThat(SourceBudgets.exceededIn("Planted.java", source)).singleElement().asString().contains(finding);
	}

	@Test
	void acceptsASourceWithinItsBudget() throws IOException {
		assertThat(SourceBudgets.exceededIn("Planted.java",
				"class Planted { Planted(int a, int b, int c, int d, int e) {" + "\n".repeat(24) + "} }"))
			.isEmpty();
	}

	static Stream<Object[]> planted() {
		return Stream.of(new Object[] { "class Planted {" + "\n".repeat(250) + "}", "251 lines" },
				new Object[] { "class Planted { void m() {" + "\n".repeat(25) + "} }", "m has 26 lines" },
				new Object[] { "class Planted { Runnable r = () -> {" + "\n".repeat(7) + "}; }",
						"a lambda has 6 lines" },
				new Object[] { "class Planted { void m(int a, int b, int c, int d, int e) { } }", "5 parameters" },
				new Object[] { "import java.util.*; class Planted { }", "imports a star" });
	}

}
