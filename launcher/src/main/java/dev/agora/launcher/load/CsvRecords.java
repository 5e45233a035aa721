package dev.agora.launcher.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.NamedCsvRecord;

import dev.agora.launcher.root.Problem;

/**
 * Reads a CSV file record by record, so that the rows after an invalid one are used. The
 * parser stops at the first error.
 */
final class CsvRecords {

	/**
	 * The maximum lines of a record: a quote that is never closed must not hide the rest.
	 */
	private static final int MAX_RECORD_LINES = 20;

	/** Spreadsheets write it first to mark the file as UTF-8. */
	private static final String BYTE_ORDER_MARK = "\uFEFF";

	private final List<String> lines;

	private final List<String> header;

	private final List<ParsedRows.BadRow> bad = new ArrayList<>();

	private CsvRecords(List<String> lines, List<String> header) {
		this.lines = lines;
		this.header = header;
	}

	static CsvRecords open(Path file, List<String> required) throws IOException {
		List<String> lines = lines(file);
		if (lines.isEmpty()) {
			throw new Problem(file + " is empty.");
		}
		String first = lines.get(0).replace("\"", "");
		List<String> header = Stream.of(first.split(",", -1)).map(String::strip).toList();
		List<String> missing = required.stream().filter((column) -> !header.contains(column)).toList();
		if (!missing.isEmpty()) {
			String hint = first.contains(";") ? " Its columns must have commas between them, not semicolons." : "";
			throw new Problem(
					file + " is not a list of products: its header lacks " + String.join(", ", missing) + "." + hint);
		}
		return new CsvRecords(lines, header);
	}

	static List<String> lines(Path file) throws IOException {
		if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
			throw new Problem("There is no readable file " + file + ".");
		}
		try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
			return withoutByteOrderMark(reader.lines().toList());
		}
		catch (UncheckedIOException ex) {
			throw new Problem(file + " cannot be read as UTF-8 text.");
		}
	}

	private static List<String> withoutByteOrderMark(List<String> lines) {
		if (lines.isEmpty() || !lines.get(0).startsWith(BYTE_ORDER_MARK)) {
			return lines;
		}
		List<String> all = new ArrayList<>(lines);
		all.set(0, lines.get(0).substring(BYTE_ORDER_MARK.length()));
		return all;
	}

	List<ParsedRows.BadRow> bad() {
		return this.bad;
	}

	void forEach(BiConsumer<Long, NamedCsvRecord> consumer) {
		int first = 1;
		while (first < this.lines.size()) {
			int end = end(first);
			if (!this.lines.get(first).isBlank()) {
				read(first, end, consumer);
			}
			first = end;
		}
	}

	/** Finds the line after the record, which ends where its quotes are closed. */
	private int end(int first) {
		long quotes = 0;
		for (int line = first; line < Math.min(this.lines.size(), first + MAX_RECORD_LINES); line++) {
			quotes += this.lines.get(line).chars().filter((character) -> character == '"').count();
			if (quotes % 2 == 0) {
				return line + 1;
			}
		}
		return first + 1;
	}

	private void read(int first, int end, BiConsumer<Long, NamedCsvRecord> consumer) {
		long line = first + 1L;
		String record = String.join("\n", this.lines.subList(first, end));
		try (CsvReader<NamedCsvRecord> reader = CsvReader.builder()
			.extraFieldStrategy(FieldMismatchStrategy.IGNORE)
			.missingFieldStrategy(FieldMismatchStrategy.IGNORE)
			.allowUnclosedQuote(false)
			.trimWhitespacesAroundQuotes(true)
			.ofNamedCsvRecord(String.join(",", this.header) + "\n" + record)) {
			List<NamedCsvRecord> records = reader.stream().toList();
			if (records.size() == 1 && records.get(0).getFieldCount() == this.header.size()) {
				consumer.accept(line, records.get(0));
			}
			else {
				int columns = records.isEmpty() ? 0 : records.get(0).getFieldCount();
				this.bad.add(new ParsedRows.BadRow(line, columns + " columns instead of " + this.header.size()));
			}
		}
		catch (IOException | CsvParseException ex) {
			this.bad.add(new ParsedRows.BadRow(line, "not valid CSV, probably a quote too many or too few"));
		}
	}

}
