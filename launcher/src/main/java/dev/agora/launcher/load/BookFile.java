package dev.agora.launcher.load;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import de.siegmar.fastcsv.reader.NamedCsvRecord;

/** Reads a CSV file of books, with the columns of goodbooks-10k, as products. */
final class BookFile {

	private static final List<String> COLUMNS = List.of("book_id", "isbn", "authors", "original_publication_year",
			"original_title", "title", "language_code", "average_rating", "image_url");

	private BookFile() {
	}

	static ParsedRows<NewProduct> read(Path file) throws IOException {
		CsvRecords records = CsvRecords.open(file, COLUMNS);
		List<NewProduct> products = new ArrayList<>();
		records.forEach((line, row) -> addTo(products, records, line, row));
		return new ParsedRows<>(products, records.bad());
	}

	private static void addTo(List<NewProduct> products, CsvRecords records, long line, NamedCsvRecord row) {
		try {
			products.add(product(row));
		}
		catch (IllegalArgumentException ex) {
			records.bad().add(new ParsedRows.BadRow(line, String.valueOf(ex.getMessage())));
		}
	}

	private static NewProduct product(NamedCsvRecord row) {
		long id = number(row, "book_id").longValue();
		String original = row.getField("original_title").strip();
		String title = original.isEmpty() ? row.getField("title").strip() : original;
		if (title.isEmpty()) {
			throw new IllegalArgumentException("original_title and title are both empty");
		}
		String year = year(row);
		String language = row.getField("language_code").strip().toLowerCase(Locale.ROOT);
		String image = row.getField("image_url").strip();
		return new NewProduct("load-" + id, NewProduct.truncate(title), description(row, year),
				language.isEmpty() ? "books" : language, NewProduct.Price.ofCents(499 + id * 37 % 4000),
				(int) (1 + id % 50), List.of("book"), attributes(row, year), image.startsWith("http") ? image : null);
	}

	private static String description(NamedCsvRecord row, String year) {
		String authors = row.getField("authors").strip();
		return (authors.isEmpty() ? "By an unknown author" : "By " + authors)
				+ (year.isEmpty() ? "." : ", first published in " + year + ".");
	}

	private static Map<String, String> attributes(NamedCsvRecord row, String year) {
		Map<String, String> attributes = new LinkedHashMap<>();
		attributes.put("isbn", row.getField("isbn").strip());
		attributes.put("year", year);
		attributes.put("language", row.getField("language_code").strip());
		attributes.put("rating",
				row.getField("average_rating").isBlank() ? "" : number(row, "average_rating").toPlainString());
		attributes.values().removeIf(String::isEmpty);
		return attributes;
	}

	/** Reads a year such as 2008.0; some years are negative. */
	private static String year(NamedCsvRecord row) {
		String column = "original_publication_year";
		return row.getField(column).isBlank() ? "" : String.valueOf(number(row, column).intValue());
	}

	private static BigDecimal number(NamedCsvRecord row, String column) {
		String text = row.getField(column).strip();
		try {
			return new BigDecimal(text);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException(column + " is not a number: \"" + text + "\"", ex);
		}
	}

}
