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

import dev.agora.rules.SourceBudgets.Source;

import static org.assertj.core.api.Assertions.assertThat;

class SourceBudgetsTests {

	@Test
	void everySourceFileKeepsItsBudget() throws IOException {
		List<Source> sources = new ArrayList<>();
		for (Path source : Modules.sources()) {
			sources.add(new Source(source.getFileName().toString(), Files.readString(source)));
		}
		assertThat(sources).hasSizeGreaterThan(50);
		assertThat(SourceBudgets.exceededIn(sources)).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("planted")
	void findsAPlantedViolation(String source, String finding) throws IOException {
		assertThat(exceededIn(source)).singleElement().asString().startsWith("Planted.java").contains(finding);
	}

	@Test
	void acceptsASourceWithinItsBudget() throws IOException {
		assertThat(exceededIn("class Planted { Planted(int a, int b, int c, int d, int e) {" + "\n".repeat(24) + "} }"))
			.isEmpty();
	}

	private static List<String> exceededIn(String source) throws IOException {
		return SourceBudgets.exceededIn(List.of(new Source("Planted.java", source)));
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
