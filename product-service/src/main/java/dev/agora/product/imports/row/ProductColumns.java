package dev.agora.product.imports.row;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.imports.row.Row;
import dev.agora.platform.imports.row.RowError;
import dev.agora.platform.problem.InvalidRequest;
import dev.agora.product.catalog.NewPrice;
import dev.agora.product.catalog.NewProduct;
import dev.agora.product.catalog.Product;

/** The columns of one CSV file, and how a row of it becomes a product. */
final class ProductColumns {

	private final int count;

	private final Map<String, List<Column>> fields;

	private final Map<String, String> defaults;

	private ProductColumns(int count, Map<String, List<Column>> fields, Map<String, String> defaults) {
		this.count = count;
		this.fields = fields;
		this.defaults = defaults;
	}

	/**
	 * Finds the columns of each field in the header.
	 * @throws InvalidRequest if a column is missing or there are several of its name
	 */
	static ProductColumns of(List<String> header, ColumnQuery query) {
		Map<String, List<Column>> fields = new LinkedHashMap<>();
		ColumnQuery.USUAL.forEach((field, usual) -> {
			List<String> named = query.columns().get(field);
			fields.put(field, (named != null) ? requested(header, field, named) : present(header, field, usual));
		});
		if (Objects.requireNonNull(fields.get(ColumnQuery.TITLE)).isEmpty()) {
			throw InvalidRequest.field(ColumnQuery.TITLE,
					"must have a column: the header has none of "
							+ String.join(", ", Objects.requireNonNull(ColumnQuery.USUAL.get(ColumnQuery.TITLE)))
							+ ". Name one by ?title=, or another separator by ?separator=");
		}
		return new ProductColumns(header.size(), fields, query.defaults());
	}

	private static List<Column> requested(List<String> header, String field, List<String> names) {
		return names.stream().map((name) -> {
			List<Column> found = find(header, field, name);
			if (found.isEmpty()) {
				throw InvalidRequest.field(field, "must be a column of the file, not " + name);
			}
			return found.get(0);
		}).toList();
	}

	private static List<Column> present(List<String> header, String field, List<String> names) {
		return names.stream().flatMap((name) -> find(header, field, name).stream()).toList();
	}

	private static List<Column> find(List<String> header, String field, String name) {
		List<Column> found = IntStream.range(0, header.size())
			.filter((index) -> normalize(header.get(index)).equals(normalize(name)))
			.mapToObj((index) -> new Column(header.get(index).strip(), index))
			.toList();
		if (found.size() > 1) {
			throw InvalidRequest.field(field, "must be one column, but the header has " + name + " twice");
		}
		return found;
	}

	private static String normalize(String name) {
		return name.strip().toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
	}

	/** Converts a row. */
	Row<Product> toRow(long line, List<String> values, RowCheck check) {
		if (values.size() != this.count) {
			return Row.Invalid.of(line, "row", "has " + values.size() + " fields, but the header has " + this.count);
		}
		try {
			return check.check(line, value(ColumnQuery.KEY, values), toProduct(values));
		}
		catch (InvalidRequest ex) {
			return new Row.Invalid<>(line, RowError.of(line, ex.errors()));
		}
	}

	private NewProduct toProduct(List<String> values) {
		@Nullable String stock = value(ColumnQuery.STOCK, values);
		return new NewProduct(text(ColumnQuery.TITLE, values), value(ColumnQuery.DESCRIPTION, values),
				text(ColumnQuery.CATEGORY, values),
				new NewPrice(amount(text(ColumnQuery.PRICE, values)), text(ColumnQuery.CURRENCY, values)), stock(stock),
				tags(value(ColumnQuery.TAGS, values)), attributes(values), value(ColumnQuery.IMAGE, values));
	}

	private static BigDecimal amount(String text) {
		if (!text.matches("-?[0-9]{1,15}([.][0-9]{1,10})?")) {
			throw InvalidRequest.field("price.amount", "must be a number, as in 12.50");
		}
		return new BigDecimal(text);
	}

	private static Long stock(@Nullable String text) {
		if (text == null || !text.matches("-?[0-9]{1,18}")) {
			throw InvalidRequest.field(ColumnQuery.STOCK, "must be a whole number");
		}
		return Long.valueOf(text);
	}

	private static @Nullable List<String> tags(@Nullable String text) {
		return (text == null) ? null
				: Stream.of(text.split("[,|]", -1)).map(String::strip).filter((tag) -> !tag.isEmpty()).toList();
	}

	private Map<String, String> attributes(List<String> values) {
		Map<String, String> attributes = new LinkedHashMap<>();
		for (Column column : columns(ColumnQuery.ATTRIBUTES)) {
			String value = values.get(column.index()).strip();
			if (!value.isEmpty()) {
				attributes.put(column.name(), value);
			}
		}
		return attributes;
	}

	/** Returns the text of a required field; the check refuses an empty one. */
	private String text(String field, List<String> values) {
		return Objects.requireNonNullElse(value(field, values), "");
	}

	private @Nullable String value(String field, List<String> values) {
		return columns(field).stream()
			.map((column) -> values.get(column.index()).strip())
			.filter((value) -> !value.isEmpty())
			.findFirst()
			.orElse(this.defaults.get(field));
	}

	private List<Column> columns(String field) {
		return Objects.requireNonNull(this.fields.get(field));
	}

	private record Column(String name, int index) {
	}

}
