package dev.agora.launcher.load;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.agora.launcher.root.Problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BookFileTests {

	static final String HEADER = "book_id,isbn,authors,original_publication_year,original_title,title,language_code,"
			+ "average_rating,image_url\n";

	@TempDir
	private Path directory;

	static String row(int id, String title) {
		return id + ",123,\"Ann B, Bob C\",2008.0," + title + ",,eng,4.34,https://x/" + id + ".jpg\n";
	}

	private Path file(String... lines) throws Exception {
		return Files.writeString(this.directory.resolve("books.csv"), String.join("", lines));
	}

	@Test
	void readsABookAsAProduct() throws Exception {
		NewProduct book = BookFile.read(file(HEADER, row(7, "\"The \"\"Best\"\" Book\""))).good().get(0);
		assertThat(book.title()).isEqualTo("The \"Best\" Book");
		assertThat(book.description()).isEqualTo("By Ann B, Bob C, first published in 2008.");
		assertThat(book.category()).isEqualTo("eng");
		assertThat(book.key()).isEqualTo("load-7");
		assertThat(book.attributes()).containsEntry("year", "2008").containsEntry("rating", "4.34");
		assertThat(book.price()).isEqualTo(NewProduct.Price.ofCents(758));
	}

	@Test
	void truncatesALongTitle() throws Exception {
		NewProduct book = BookFile.read(file(HEADER, row(1, "x".repeat(198) + "\uD83D\uDCDA more"))).good().get(0);
		assertThat(book.title()).isEqualTo("x".repeat(198) + "…");
	}

	@Test
	void namesEachInvalidRowAndReadsTheOthers() throws Exception {
		ParsedRows<NewProduct> rows = BookFile.read(file(HEADER, row(1, "One"), "2,too,few\n", row(3, "\"torn"),
				row(4, "Four"), row(5, ""), "x6" + row(6, "Six"), row(7, "Se\"ve\"n"), row(8, "Eight")));
		assertThat(rows.good()).extracting(NewProduct::title).containsExactly("One", "Four", "Se\"ve\"n", "Eight");
		assertThat(rows.bad()).extracting(ParsedRows.BadRow::line).containsExactlyInAnyOrder(3L, 4L, 6L, 7L);
		assertThat(rows.bad()).extracting(ParsedRows.BadRow::reason)
			.contains("3 columns instead of 9", "original_title and title are both empty",
					"book_id is not a number: \"x66\"");
	}

	@Test
	void readsFilesOfSpreadsheets() throws Exception {
		String header = "\uFEFF" + HEADER.replace(",", ", ").replace("isbn", "\"isbn\"");
		ParsedRows<NewProduct> rows = BookFile.read(file(header, row(1, " \"One, Two\" "), row(2, "Three")));
		assertThat(rows.good()).extracting(NewProduct::title).containsExactly("One, Two", "Three");
		assertThat(rows.bad()).isEmpty();
	}

	@Test
	void readsTheFirstEdgeAfterAByteOrderMark() throws Exception {
		assertThat(EdgeFile.read(file("\uFEFF1 0\n", "2 0\n")).good()).hasSize(4);
		assertThat(EdgeFile.read(file("\uFEFF1 0\n")).bad()).isEmpty();
	}

	@Test
	void saysThatColumnsNeedCommas() throws Exception {
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> BookFile.read(file(HEADER.replace(',', ';'), row(1, "One"))))
			.withMessageContaining("not semicolons");
	}

	@Test
	void refusesAFileWithoutTheRequiredColumns() throws Exception {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> BookFile.read(file("a,b\n1,2\n")))
			.withMessageContaining("header lacks book_id");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> BookFile.read(file("")));
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> BookFile.read(this.directory.resolve("none.csv")))
			.withMessageContaining("no readable file");
	}

	@Test
	void readsEachEdgeAsTwoFollows() throws Exception {
		ParsedRows<Follow> rows = EdgeFile.read(file("# from to\n", "1 0\n", "2\n", "3 3\n", "4 B\n", "2 1\n"));
		assertThat(rows.good()).hasSize(4).startsWith(new Follow("reed_1", "reed_0"), new Follow("reed_0", "reed_1"));
		assertThat(rows.bad()).extracting(ParsedRows.BadRow::line).isEqualTo(List.of(3L, 4L, 5L));
	}

	@Test
	void refusesAFileWithoutEdges() throws Exception {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> EdgeFile.read(file("no edge here\n")));
	}

}
