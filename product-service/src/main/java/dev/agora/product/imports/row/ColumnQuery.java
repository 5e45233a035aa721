package dev.agora.product.imports.row;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.springframework.util.MultiValueMap;

import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.problem.input.QueryParameters;

/**
 * How the columns of a CSV file become fields of products, by the query parameters of the
 * request: {@code title=name} takes the title from the column "name", and
 * {@code default.stock=5} is the stock of products without one.
 *
 * @param separator the character between two fields
 * @param columns the names of the columns by field, the first of which that is not blank
 * counts
 * @param defaults the values of fields whose columns are missing or blank
 */
public record ColumnQuery(char separator, Map<String, List<String>> columns, Map<String, String> defaults) {

	static final String KEY = "key";

	static final String TITLE = "title";

	static final String DESCRIPTION = "description";

	static final String CATEGORY = "category";

	static final String PRICE = "price";

	static final String CURRENCY = "currency";

	static final String STOCK = "stock";

	static final String TAGS = "tags";

	static final String IMAGE = "imageUrl";

	static final String ATTRIBUTES = "attributes";

	private static final String DEFAULT = "default.";

	private static final String SEPARATOR = "separator";

	private static final Map<String, Character> SEPARATORS = Map.of("comma", ',', "semicolon", ';', "tab", '\t');

	/** The columns of each field unless the request names others. */
	static final Map<String, List<String>> USUAL = Map.of(KEY, List.of("key", "sku", "id", "book_id", "isbn"), TITLE,
			List.of("title", "name", "original_title"), DESCRIPTION, List.of("description", "authors"), CATEGORY,
			List.of("category"), PRICE, List.of("price"), CURRENCY, List.of("currency"), STOCK,
			List.of("stock", "quantity"), TAGS, List.of("tags"), IMAGE, List.of("image_url", "imageurl", "image"),
			ATTRIBUTES, List.of("isbn", "language_code"));

	/** A product without a stock cannot be bought, so its price does no harm. */
	private static final Map<String, String> USUAL_DEFAULTS = Map.of(CATEGORY, "other", PRICE, "0.00", CURRENCY, "EUR",
			STOCK, "0");

	private static final Set<String> WITH_DEFAULT = Set.of(DESCRIPTION, CATEGORY, PRICE, CURRENCY, STOCK, TAGS);

	private static final int MAX_NAME = 200;

	private static final int MAX_COLUMNS = 100;

	/**
	 * Parses the query parameters.
	 * @throws InvalidRequest if a parameter is unknown, or has an impossible value
	 */
	public static ColumnQuery parse(MultiValueMap<String, String> parameters) {
		char separator = ',';
		Map<String, List<String>> columns = new LinkedHashMap<>();
		Map<String, String> defaults = new LinkedHashMap<>(USUAL_DEFAULTS);
		for (String name : parameters.keySet()) {
			if (name.equals(SEPARATOR)) {
				separator = separator(String.valueOf(QueryParameters.single(parameters, name)));
			}
			else if (name.startsWith(DEFAULT) && WITH_DEFAULT.contains(name.substring(DEFAULT.length()))) {
				defaults.put(name.substring(DEFAULT.length()), value(parameters, name));
			}
			else if (USUAL.containsKey(name)) {
				columns.put(name, names(parameters, name));
			}
			else {
				throw InvalidRequest.field(name, "is not a known parameter");
			}
		}
		return new ColumnQuery(separator, columns, defaults);
	}

	private static char separator(String name) {
		Character separator = SEPARATORS.get(name);
		if (separator == null) {
			throw InvalidRequest.field(SEPARATOR, "must be comma, semicolon or tab");
		}
		return separator;
	}

	private static String value(MultiValueMap<String, String> parameters, String name) {
		String value = QueryParameters.single(parameters, name);
		if (value == null || value.isBlank()) {
			throw InvalidRequest.field(name, "must not be blank");
		}
		return value;
	}

	private static List<String> names(MultiValueMap<String, String> parameters, String field) {
		List<String> names = new ArrayList<>();
		for (String name : parameters.getOrDefault(field, List.of())) {
			if (name == null || name.isBlank() || name.length() > MAX_NAME || names.size() == MAX_COLUMNS) {
				throw InvalidRequest.field(field, "must be names of columns of 1 to " + MAX_NAME + " characters");
			}
			names.add(name);
		}
		return names;
	}

}
