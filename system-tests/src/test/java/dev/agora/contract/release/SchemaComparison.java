package dev.agora.contract.release;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares the schema of a value with that of the last release. A value that we send must
 * be one that an old reader expects; a value that we receive may be one that an old
 * client sends.
 */
final class SchemaComparison {

	private static final List<String> UPPER = List.of("maximum", "exclusiveMaximum", "maxLength", "maxItems",
			"maxProperties");

	private static final List<String> LOWER = List.of("minimum", "exclusiveMinimum", "minLength", "minItems",
			"minProperties");

	/** Keywords whose values cannot be ordered, so that a change may break. */
	private static final List<String> OPAQUE = List.of("pattern", "format", "uniqueItems", "not", "multipleOf");

	/** Keywords with a list of schemas. */
	private static final List<String> LISTS = List.of("oneOf", "anyOf", "allOf");

	/** Keywords with one schema that restricts parts of a value. */
	private static final List<String> PARTS = List.of("items", "propertyNames", "additionalProperties");

	private static final JsonNode NOTHING = JsonMapper.shared().createObjectNode();

	private final JsonNode released;

	private final JsonNode current;

	private final boolean sent;

	private final List<String> breaks = new ArrayList<>();

	private final Set<String> visited = new HashSet<>();

	private SchemaComparison(JsonNode released, JsonNode current, boolean sent) {
		this.released = released;
		this.current = current;
		this.sent = sent;
	}

	/**
	 * Compares the values that we send.
	 * @param released the document with the old schema, where references start
	 * @param current the document with the new schema
	 */
	static SchemaComparison ofSent(JsonNode released, JsonNode current) {
		return new SchemaComparison(released, current, true);
	}

	/** Compares the values that we receive. */
	static SchemaComparison ofReceived(JsonNode released, JsonNode current) {
		return new SchemaComparison(released, current, false);
	}

	/**
	 * Compares two schemas.
	 * @param where names the schema in the result
	 * @return the changes that break, one line each
	 */
	List<String> compare(String where, JsonNode before, JsonNode now) {
		schema(where, before, now);
		return List.copyOf(this.breaks);
	}

	private void schema(String where, JsonNode unresolvedBefore, JsonNode unresolvedNow) {
		JsonNode before = resolve(this.released, unresolvedBefore);
		JsonNode now = resolve(this.current, unresolvedNow);
		String pair = unresolvedBefore.path("$ref").asString("") + " " + unresolvedNow.path("$ref").asString("");
		if (pair.length() > 1 && !this.visited.add(pair)) {
			return;
		}
		values(where, before, now);
		limits(where, before, now);
		opaque(where, before, now);
		beside(where, unresolvedBefore, unresolvedNow);
		fields(where, before, now);
		LISTS.forEach((keyword) -> lists(where, keyword, before, now));
		PARTS.forEach((keyword) -> part(where, keyword, before.path(keyword), now.path(keyword)));
	}

	private static JsonNode resolve(JsonNode document, JsonNode schema) {
		JsonNode resolved = schema;
		while (resolved.has("$ref")) {
			resolved = document.at(resolved.path("$ref").asString().substring(1));
		}
		return resolved;
	}

	/** Compares the keywords beside a reference, which apply as well. */
	private void beside(String where, JsonNode before, JsonNode now) {
		if (before.has("$ref") || now.has("$ref")) {
			limits(where, before.has("$ref") ? before : NOTHING, now.has("$ref") ? now : NOTHING);
			opaque(where, before.has("$ref") ? before : NOTHING, now.has("$ref") ? now : NOTHING);
		}
	}

	/**
	 * Alternatives are compared in their order. If a field tells the alternatives of what
	 * we send apart, a reader ignores those that it does not know, so that more may
	 * follow.
	 */
	private void lists(String where, String keyword, JsonNode schemaBefore, JsonNode schemaNow) {
		JsonNode before = schemaBefore.path(keyword);
		JsonNode now = schemaNow.path(keyword);
		if ((this.sent ? before : now).isMissingNode()) {
			return;
		}
		boolean open = this.sent && schemaBefore.has("discriminator");
		require(where, keyword, before, now, open ? before.size() <= now.size() : before.size() == now.size());
		for (int at = 0; at < Math.min(before.size(), now.size()); at++) {
			schema(where + "(" + keyword + " " + at + ")", before.path(at), now.path(at));
		}
	}

	private void part(String where, String keyword, JsonNode before, JsonNode now) {
		if (before.isObject() && now.isObject()) {
			schema(where + "{" + keyword + "}", before, now);
			return;
		}
		JsonNode inner = this.sent ? now : before;
		JsonNode outer = this.sent ? before : now;
		require(where, keyword, before, now, allowsAll(outer) || allowsNothing(inner) || inner.equals(outer));
	}

	private static boolean allowsAll(JsonNode schema) {
		return schema.isMissingNode() || (schema.isObject() && schema.isEmpty())
				|| (schema.isBoolean() && schema.asBoolean());
	}

	private static boolean allowsNothing(JsonNode schema) {
		return schema.isBoolean() && !schema.asBoolean();
	}

	private void values(String where, JsonNode before, JsonNode now) {
		Set<String> typesBefore = types(before);
		Set<String> typesNow = types(now);
		require(where, "type", typesBefore, typesNow, (this.sent ? typesBefore : typesNow).isEmpty()
				|| (this.sent ? isWithin(typesNow, typesBefore) : isWithin(typesBefore, typesNow)));
		Set<String> choicesBefore = choices(before);
		Set<String> choicesNow = choices(now);
		require(where, "enum", choicesBefore, choicesNow, (this.sent ? choicesBefore : choicesNow).isEmpty()
				|| (this.sent ? isWithin(choicesNow, choicesBefore) : isWithin(choicesBefore, choicesNow)));
	}

	private static boolean isWithin(Set<String> inner, Set<String> outer) {
		return !inner.isEmpty() && outer.containsAll(inner);
	}

	/** An integer is a number, so that a reader of numbers can read it. */
	private static Set<String> types(JsonNode schema) {
		Set<String> types = strings(schema.path("type"));
		if (types.contains("number")) {
			types.add("integer");
		}
		return types;
	}

	private static Set<String> choices(JsonNode schema) {
		return schema.has("const") ? new HashSet<>(Set.of(schema.path("const").toString()))
				: strings(schema.path("enum"));
	}

	private static Set<String> strings(JsonNode values) {
		Set<String> strings = new HashSet<>();
		if (values.isArray()) {
			values.forEach((value) -> strings.add(value.isString() ? value.asString() : value.toString()));
		}
		else if (!values.isMissingNode()) {
			strings.add(values.asString());
		}
		return strings;
	}

	private void limits(String where, JsonNode before, JsonNode now) {
		for (String limit : UPPER) {
			require(where, limit, before.path(limit), now.path(limit),
					isWithinUpper(this.sent ? now.path(limit) : before.path(limit),
							this.sent ? before.path(limit) : now.path(limit)));
		}
		for (String limit : LOWER) {
			require(where, limit, before.path(limit), now.path(limit),
					isWithinLower(this.sent ? now.path(limit) : before.path(limit),
							this.sent ? before.path(limit) : now.path(limit)));
		}
	}

	private static boolean isWithinUpper(JsonNode inner, JsonNode outer) {
		return outer.isMissingNode()
				|| (!inner.isMissingNode() && inner.decimalValue().compareTo(outer.decimalValue()) <= 0);
	}

	private static boolean isWithinLower(JsonNode inner, JsonNode outer) {
		return outer.isMissingNode()
				|| (!inner.isMissingNode() && inner.decimalValue().compareTo(outer.decimalValue()) >= 0);
	}

	/** A restriction may be added to what we send, and dropped from what we receive. */
	private void opaque(String where, JsonNode before, JsonNode now) {
		for (String keyword : OPAQUE) {
			JsonNode outer = (this.sent ? before : now).path(keyword);
			require(where, keyword, before.path(keyword), now.path(keyword),
					outer.isMissingNode() || before.path(keyword).equals(now.path(keyword)));
		}
	}

	private void fields(String where, JsonNode before, JsonNode now) {
		before.path("properties").forEachEntry((name, field) -> {
			require(where + "." + name, "field", "present", "removed", now.path("properties").has(name));
			schema(where + "." + name, field, now.path("properties").path(name));
		});
		Set<String> requiredBefore = strings(before.path("required"));
		Set<String> requiredNow = strings(now.path("required"));
		require(where, "required", requiredBefore, requiredNow,
				this.sent ? requiredNow.containsAll(requiredBefore) : requiredBefore.containsAll(requiredNow));
	}

	private void require(String where, String keyword, Object before, Object now, boolean holds) {
		if (!holds) {
			this.breaks.add(where + ": " + keyword + " was " + before + ", is " + now);
		}
	}

}
