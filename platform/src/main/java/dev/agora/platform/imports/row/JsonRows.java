package dev.agora.platform.imports.row;

import java.io.IOException;
import java.io.InputStream;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.problem.input.FieldError;
import dev.agora.platform.problem.input.InputErrors;

/**
 * Reads a file of JSON objects, one a line (NDJSON).
 *
 * @param <V> the type of the objects that the rows describe
 */
public final class JsonRows<V> implements RowReader<V> {

	private final LineReader lines;

	private final int maxLine;

	private final JsonMapper json;

	private final Parser<V> parser;

	private int length;

	/**
	 * Opens a file.
	 * @param maxLine the maximum number of bytes of a line
	 * @param json reads JSON as strictly as for the bodies of requests
	 * @param parser checks the object of a line
	 */
	public JsonRows(InputStream file, int maxLine, JsonMapper json, Parser<V> parser) {
		this.lines = new LineReader(file, maxLine);
		this.maxLine = maxLine;
		this.json = json;
		this.parser = parser;
	}

	@Override
	public @Nullable Row<V> next() throws IOException {
		for (byte[] line = this.lines.next(); line != null; line = this.lines.next()) {
			int start = (this.lines.number() == 1) ? byteOrderMark(line) : 0;
			if (!isBlank(line, start)) {
				this.length = line.length;
				return this.lines.isTooLong()
						? Row.Invalid.of(this.lines.number(), "row", "must be at most " + this.maxLine + " bytes")
						: parse(this.lines.number(), line, start);
			}
		}
		return null;
	}

	@Override
	public int length() {
		return this.length;
	}

	private Row<V> parse(long line, byte[] bytes, int start) {
		try {
			JsonNode node = this.json.readTree(bytes, start, bytes.length - start);
			if (!(node instanceof ObjectNode row)) {
				return Row.Invalid.of(line, "row", "must be a JSON object");
			}
			return this.parser.parse(line, row);
		}
		catch (JacksonException ex) {
			return (ex.getCause() instanceof InvalidRequest invalid)
					? new Row.Invalid<>(line, RowError.of(line, invalid.errors()))
					: toInvalid(line, InputErrors.of(ex));
		}
		catch (NumberFormatException ex) {
			// Jackson refuses an exponent of more than 32 bits by this exception alone.
			return Row.Invalid.of(line, "row", "has a number that is out of range");
		}
	}

	private static <V> Row<V> toInvalid(long line, FieldError error) {
		return Row.Invalid.of(line, error.field().equals("body") ? "row" : error.field(), error.message());
	}

	private static int byteOrderMark(byte[] line) {
		boolean marked = line.length >= 3 && line[0] == (byte) 0xEF && line[1] == (byte) 0xBB && line[2] == (byte) 0xBF;
		return marked ? 3 : 0;
	}

	private static boolean isBlank(byte[] line, int start) {
		for (int i = start; i < line.length; i++) {
			if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
				return false;
			}
		}
		return true;
	}

	@Override
	public void close() throws IOException {
		this.lines.close();
	}

	/**
	 * Checks the object of a line.
	 *
	 * @param <V> the type of the objects that the rows describe
	 */
	@FunctionalInterface
	public interface Parser<V> {

		/**
		 * Checks an object.
		 * @param line the number of the line, from 1
		 * @param row the object
		 * @throws JacksonException if a field has the wrong type
		 */
		Row<V> parse(long line, ObjectNode row);

	}

}
