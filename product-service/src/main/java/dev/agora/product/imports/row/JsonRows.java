package dev.agora.product.imports.row;

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
import dev.agora.product.catalog.NewProduct;

/**
 * Reads a file of JSON objects, one a line (NDJSON). Each is the body of a request that
 * creates a product, and may have the member {@code key}.
 */
public final class JsonRows implements RowReader {

	/**
	 * Longer than any valid product, even if each character is written as an escape.
	 */
	static final int MAX_LINE = 384 << 10;

	private static final String KEY = "key";

	private final LineReader lines;

	private final JsonMapper json;

	private final RowCheck check;

	/**
	 * Opens a file.
	 * @param json reads JSON as strictly as for the bodies of requests
	 */
	public JsonRows(InputStream file, JsonMapper json, RowCheck check) {
		this.lines = new LineReader(file, MAX_LINE);
		this.json = json;
		this.check = check;
	}

	@Override
	public @Nullable Row next() throws IOException {
		for (byte[] line = this.lines.next(); line != null; line = this.lines.next()) {
			int start = (this.lines.number() == 1) ? byteOrderMark(line) : 0;
			if (!isBlank(line, start)) {
				return this.lines.isTooLong()
						? Row.Invalid.of(this.lines.number(), "row", "must be at most " + MAX_LINE + " bytes")
						: parse(this.lines.number(), line, start);
			}
		}
		return null;
	}

	private Row parse(long line, byte[] bytes, int start) {
		try {
			JsonNode node = this.json.readTree(bytes, start, bytes.length - start);
			if (!(node instanceof ObjectNode row)) {
				return Row.Invalid.of(line, "row", "must be a JSON object");
			}
			@Nullable JsonNode key = row.remove(KEY);
			if (key != null && (!key.isString() || key.asString().isBlank())) {
				return Row.Invalid.of(line, KEY, "must be a string that is not blank");
			}
			return this.check.check(line, (key != null) ? key.asString() : null,
					this.json.treeToValue(row, NewProduct.class));
		}
		catch (JacksonException ex) {
			return (ex.getCause() instanceof InvalidRequest invalid)
					? new Row.Invalid(line, RowCheck.errors(line, invalid.errors()))
					: toInvalid(line, InputErrors.of(ex));
		}
	}

	private static Row toInvalid(long line, FieldError error) {
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

}
