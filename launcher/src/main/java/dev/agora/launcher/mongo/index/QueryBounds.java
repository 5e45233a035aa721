package dev.agora.launcher.mongo.index;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import org.jspecify.annotations.Nullable;

import dev.agora.launcher.mongo.IdType;

/**
 * Which values of one field a query can match. It may say too much, never too little:
 * what it names is filtered by the whole query afterwards.
 */
public final class QueryBounds {

	private @Nullable List<Object> points;

	private @Nullable Object lower;

	private @Nullable Object upper;

	private boolean present;

	/**
	 * Reads what a query says of a field, also where it says so inside {@code $and}.
	 * @param query the query
	 * @param field the field's path
	 * @return the values wanted
	 */
	public static QueryBounds of(Document query, String field) {
		QueryBounds wanted = new QueryBounds();
		wanted.read(query, field);
		return wanted;
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
			this.points = List.of(Missing.ofNullable(condition));
		}
		else if (condition instanceof Document operators) {
			for (Map.Entry<String, Object> operator : operators.entrySet()) {
				readOperator(operator.getKey(), operator.getValue());
			}
		}
	}

	private void readOperator(String operator, @Nullable Object operand) {
		switch (operator) {
			case "$eq" -> readPoints(Collections.singletonList(operand));
			case "$in" -> readPoints(operand);
			case "$gt", "$gte" -> this.lower = bound(operand, this.lower);
			case "$lt", "$lte" -> this.upper = bound(operand, this.upper);
			case "$exists" -> this.present |= Utils.isTrue(operand);
			default -> {
				// The filter sees to it.
			}
		}
	}

	private void readPoints(@Nullable Object operand) {
		if (operand instanceof Collection<?> values && values.stream().allMatch(QueryBounds::isComparable)) {
			List<Object> read = new ArrayList<>(values.size());
			values.forEach((value) -> read.add(Missing.ofNullable(value)));
			this.points = read;
		}
	}

	private static @Nullable Object bound(@Nullable Object operand, @Nullable Object known) {
		return (operand != null && isComparable(operand)) ? operand : known;
	}

	private static boolean isComparable(@Nullable Object value) {
		return value == null || value instanceof String || value instanceof Number || value instanceof Boolean
				|| value instanceof ObjectId || value instanceof Instant || value instanceof UUID;
	}

	/**
	 * The single values asked for.
	 * @return the values, or {@code null} if any value may match
	 */
	@Nullable List<Object> points() {
		return this.points;
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
	 * Whether a value is inside the bounds; those on the bounds are.
	 * @param value the value
	 * @return {@code false} if no query with these bounds can match it
	 */
	public boolean admits(Object value) {
		return (this.lower == null || IdType.ORDER.compare(value, this.lower) >= 0)
				&& (this.upper == null || IdType.ORDER.compare(value, this.upper) <= 0);
	}

}
