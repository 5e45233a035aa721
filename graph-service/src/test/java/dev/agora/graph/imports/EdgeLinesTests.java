package dev.agora.graph.imports;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.agora.platform.imports.row.Row;

import static org.assertj.core.api.Assertions.assertThat;

class EdgeLinesTests {

	@Test
	void readsALineAsAFollow() throws IOException {
		assertThat(read("ann bob\nbob ann\n")).containsExactly(valid(1, "ann", "bob"), valid(2, "bob", "ann"));
	}

	@Test
	void skipsCommentsAndBlankLinesAndCountsThem() throws IOException {
		assertThat(read("# a graph\n\n  \t\nann bob\n  # more\ncar dan")).containsExactly(valid(4, "ann", "bob"),
				valid(6, "car", "dan"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "ann\tbob", "  ann   bob  ", "ann bob\r", "\uFEFFann bob", "ann \t bob" })
	void acceptsOtherSpaceAndLineEnds(String line) throws IOException {
		assertThat(read(line + "\n")).containsExactly(valid(1, "ann", "bob"));
	}

	@ParameterizedTest
	@CsvSource({ "ann,row", "ann bob car,row", "ann ann,row", "Ann bob,follower", "ann bö,followee", "an bob,follower",
			"ann;bob car,follower", "ann bob#1,followee", "ann bob # neighbours,row" })
	void namesTheInvalidField(String line, String field) throws IOException {
		assertThat(read("# first\n" + line + "\nann bob\n")).satisfiesExactly((row) -> {
			assertThat(row).isInstanceOf(Row.Invalid.class);
			assertThat(row.line()).isEqualTo(2);
			assertThat(((Row.Invalid<HandlePair>) row).errors().get(0).field()).isEqualTo(field);
		}, (row) -> assertThat(row).isEqualTo(valid(3, "ann", "bob")));
	}

	@Test
	void continuesAfterALineThatIsTooLong() throws IOException {
		List<Row<HandlePair>> rows = read("a".repeat(3_000_000) + "\nann bob\n");
		assertThat(rows.get(0)).isInstanceOf(Row.Invalid.class);
		assertThat(rows.get(1)).isEqualTo(valid(2, "ann", "bob"));
	}

	@Test
	void refusesALineThatIsTooLongAndBeginsWithBlanks() throws IOException {
		List<Row<HandlePair>> rows = read(" ".repeat(3_000) + "ann bob\nann bob\n# " + "a".repeat(3_000) + "\n");
		assertThat(rows).hasSize(2);
		assertThat(rows.get(0)).isInstanceOf(Row.Invalid.class);
		assertThat(rows.get(1)).isEqualTo(valid(2, "ann", "bob"));
	}

	private static Row<HandlePair> valid(long line, String follower, String followee) {
		return new Row.Valid<>(line, Long.toString(line), new HandlePair(follower, followee));
	}

	private static List<Row<HandlePair>> read(String file) throws IOException {
		List<Row<HandlePair>> rows = new ArrayList<>();
		try (EdgeLines lines = new EdgeLines(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)))) {
			for (Row<HandlePair> row = lines.next(); row != null; row = lines.next()) {
				rows.add(row);
			}
		}
		return rows;
	}

}
