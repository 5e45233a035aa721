package dev.agora.product.imports.row;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import org.jspecify.annotations.Nullable;

import dev.agora.platform.imports.row.Row;
import dev.agora.platform.imports.row.RowReader;
import dev.agora.platform.problem.InvalidRequest;
import dev.agora.product.catalog.Product;

/**
 * Reads a CSV file (RFC 4180) with a header. Lines end with LF, CRLF or CR.
 */
public final class CsvRows implements RowReader<Product> {

	/** The maximum number of characters of a row, as for a line of NDJSON. */
	private static final int MAX_ROW = RowCheck.MAX_LINE;

	private static final char BYTE_ORDER_MARK = '\uFEFF';

	private final CloseableIterator<CsvRecord> records;

	private final RowCheck check;

	private final ProductColumns columns;

	/** The line on which the row that was read last begins. */
	private long line;

	/** The number of characters of that row. */
	private int length;

	/**
	 * Opens a file.
	 * @throws InvalidRequest if the header lacks a column
	 */
	public CsvRows(InputStream file, ColumnQuery query, RowCheck check) throws IOException {
		this.records = CsvReader.builder()
			.fieldSeparator(query.separator())
			.maxBufferSize(MAX_ROW)
			.extraFieldStrategy(FieldMismatchStrategy.IGNORE)
			.missingFieldStrategy(FieldMismatchStrategy.IGNORE)
			.allowUnclosedQuote(false)
			.ofCsvRecord(withoutByteOrderMark(file))
			.iterator();
		this.check = check;
		CsvRecord header = read();
		if (header == null) {
			throw InvalidRequest.field("row", "must be given: the file has no header");
		}
		this.columns = ProductColumns.of(header.getFields(), query);
	}

	@Override
	public @Nullable Row<Product> next() throws IOException {
		CsvRecord found = read();
		return (found != null) ? this.columns.toRow(found.getStartingLineNumber(), found.getFields(), this.check)
				: null;
	}

	@Override
	public int length() {
		return this.length;
	}

	/** Reads a record; after a quote in the wrong place no later row can be trusted. */
	private @Nullable CsvRecord read() throws IOException {
		try {
			if (!this.records.hasNext()) {
				return null;
			}
			CsvRecord next = this.records.next();
			this.line = next.getStartingLineNumber();
			this.length = next.getFields().stream().mapToInt(String::length).sum();
			return next;
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
		catch (CsvParseException ex) {
			if (ex.getCause() instanceof IOException failure) {
				throw failure;
			}
			throw InvalidRequest.field("row", "must be valid CSV of at most " + MAX_ROW
					+ " characters; the one after line " + this.line + " is not, probably for a quote");
		}
	}

	private static BufferedReader withoutByteOrderMark(InputStream file) throws IOException {
		BufferedReader text = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8));
		text.mark(1);
		if (text.read() != BYTE_ORDER_MARK) {
			text.reset();
		}
		return text;
	}

	@Override
	public void close() throws IOException {
		this.records.close();
	}

}
