package dev.agora.contract;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.DisallowUnknownKeywordFactory;
import com.networknt.schema.keyword.NonValidationKeyword;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schemas of a contract, taken strictly: clients must put up with new fields, so the
 * contract leaves objects open, but our own answers may hold only what is written there.
 */
final class Schemas {

	private static final String HERE = "urn:agora:openapi";

	private static final String COMPONENTS = "components";

	/** That of OpenAPI 3.1, and a word that it does not know is a mistake. */
	private static final Dialect dialect = Dialect.builder(Dialects.getDraft202012())
		.keyword(new NonValidationKeyword(COMPONENTS))
		.unknownKeywordFactory(DisallowUnknownKeywordFactory.getInstance())
		.build();

	private final SchemaRegistry registry;

	private final Map<String, Schema> known = new ConcurrentHashMap<>();

	Schemas(JsonNode contract) {
		JsonNode components = contract.path(COMPONENTS).deepCopy();
		close(components);
		String strict = JsonNodeFactory.instance.objectNode().set(COMPONENTS, components).toString();
		SchemaRegistryConfig config = SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();
		this.registry = SchemaRegistry.withDialect(dialect,
				(builder) -> builder.schemas(Map.of(HERE, strict)).schemaRegistryConfig(config));
	}

	/**
	 * What a value breaks.
	 * @param reference where the schema is, as in {@code #/components/schemas/Member}
	 */
	List<String> faults(String reference, JsonNode value) {
		return this.known
			.computeIfAbsent(reference, (where) -> this.registry.getSchema(SchemaLocation.of(HERE + where)))
			.validate(value)
			.stream()
			.map((error) -> reference + error.getInstanceLocation() + ": " + error.getMessage())
			.toList();
	}

	private static void close(JsonNode node) {
		if (node instanceof ObjectNode schema && schema.has("properties") && !schema.has("additionalProperties")) {
			schema.put("additionalProperties", false);
		}
		node.forEach(Schemas::close);
	}

}
