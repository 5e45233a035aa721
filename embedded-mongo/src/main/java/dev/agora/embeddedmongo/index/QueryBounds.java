package dev.agora.embeddedmongo.index;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import org.jspecify.annotations.Nullable;

import dev.agora.embeddedmongo.storage.IdType;

/**
 * The values of one field that a query can match. The bounds may admit documents that do
 * not match, since the whole query filters them afterwards, but exclude no match.
 */
public final class QueryBounds {

	private @Nullable List<Object> equalTo;

	private @Nullable Object lower;

	private @Nullable Object upper;

	private boolean present;

	/**
	 * Reads the conditions of a query on a field, also those inside {@code $and}.
	 * @param query the query
	 * @param field the path of the field
	 * @return the bounds
	 */
	public static QueryBounds of(Document query, String field) {
		QueryBounds bounds = new QueryBounds();
		bounds.read(query, field);
		return bounds;
	}

	private void read(Document query, String field) {
		if (query.containsKey(field)) {
			readCondition(query.get(field));
		}
		if (query.get("$and") instanceof Collection<?> parts) {
			for (Object part : parts) {
				if (part instanceof Document document) {
					read(document, field);
				}
			}
		}
	}

	private void readCondition(@Nullable Object condition) {
		if (isComparable(condition)) {
			this.equalTo = List.of(Missing.ofNullable(condition));
		}
		else if (condition instanceof Document operators) {
			for (Map.Entry<String, Object> operator : operators.entrySet()) {
				readOperator(operator.getKey(), operator.getValue());
			}
		}
	}

	private void readOperator(String operator, @Nullable Object operand) {
		switch (operator) {
			case "$eq" -> readEqualTo(Collections.singletonList(operand));
			case "$in" -> readEqualTo(operand);
			case "$gt", "$gte" -> this.lower = bound(operand, this.lower);
			case "$lt", "$lte" -> this.upper = bound(operand, this.upper);
			case "$exists" -> this.present |= Utils.isTrue(operand);
			default -> {
				// Other operators set no bound; the whole query filters by them.
			}
		}
	}

	private void readEqualTo(@Nullable Object operand) {
		if (operand instanceof Collection<?> values && values.stream().allMatch(QueryBounds::isComparable)) {
			List<Object> read = new ArrayList<>(values.size());
			values.forEach((value) -> read.add(Missing.ofNullable(value)));
			this.equalTo = read;
		}
	}

	private static @Nullable Object bound(@Nullable Object operand, @Nullable Object current) {
		return (operand != null && isComparable(operand)) ? operand : current;
	}

	private static boolean isComparable(@Nullable Object value) {
		return value == null || value instanceof String || value instanceof Number || value instanceof Boolean
				|| value instanceof ObjectId || value instanceof Instant || value instanceof UUID;
	}

	/**
	 * The values of an equality or {@code $in}.
	 * @return the values, or {@code null} if the query has neither
	 */
	@Nullable List<Object> equalTo() {
		return this.equalTo;
	}

	public @Nullable Object lower() {
		return this.lower;
	}

	public @Nullable Object upper() {
		return this.upper;
	}

	boolean isPresent() {
		return this.present;
	}

	boolean isRange() {
		return this.lower != null || this.upper != null;
	}

	/**
	 * Selects the values that are within the lower and the upper bound, both included. If
	 * the values are sorted already, it visits no others.
	 * @param values the values; a set that is navigable is in the order of {@link IdType}
	 * @param direction negative for the descending order, positive for the ascending one,
	 * null for any
	 */
	public Stream<Object> select(Iterable<Object> values, @Nullable Integer direction) {
		boolean reverse = direction != null && direction < 0;
		if (values instanceof NavigableSet<Object> sorted) {
			NavigableSet<Object> within = within(sorted);
			return (reverse ? within.descendingSet() : within).stream();
		}
		Stream<Object> within = StreamSupport.stream(values.spliterator(), false).filter(this::contains);
		return (direction != null) ? within.sorted(reverse ? IdType.ORDER.reversed() : IdType.ORDER) : within;
	}

	private NavigableSet<Object> within(NavigableSet<Object> sorted) {
		if (this.lower != null && this.upper != null && !contains(this.lower)) {
			return Collections.emptyNavigableSet();
		}
		NavigableSet<Object> above = (this.lower != null) ? sorted.tailSet(this.lower, true) : sorted;
		return (this.upper != null) ? above.headSet(this.upper, true) : above;
	}

	/**
	 * Whether a value is within the lower and the upper bound, both included.
	 * @param value the value
	 * @return {@code false} if a document with this value cannot match
	 */
	private boolean contains(Object value) {
		return (this.lower == null || IdType.ORDER.compare(value, this.lower) >= 0)
				&& (this.upper == null || IdType.ORDER.compare(value, this.upper) <= 0);
	}

}
