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
 * The schemas of a contract, read strictly. The contract leaves objects open because
 * clients must accept new fields, but a response may have only the described fields.
 */
final class Schemas {

	private static final String HERE = "urn:agora:openapi";

	private static final String COMPONENTS = "components";

	/** The dialect of OpenAPI 3.1; an unknown keyword is an error. */
	private static final Dialect dialect = Dialect.builder(Dialects.getDraft202012())
		.keyword(new NonValidationKeyword(COMPONENTS))
		.keyword(new NonValidationKeyword("discriminator"))
		.unknownKeywordFactory(DisallowUnknownKeywordFactory.getInstance())
		.build();

	private final SchemaRegistry registry;

	private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

	Schemas(JsonNode contract) {
		JsonNode components = contract.path(COMPONENTS).deepCopy();
		close(components);
		String strict = JsonNodeFactory.instance.objectNode().set(COMPONENTS, components).toString();
		SchemaRegistryConfig config = SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();
		this.registry = SchemaRegistry.withDialect(dialect,
				(builder) -> builder.schemas(Map.of(HERE, strict)).schemaRegistryConfig(config));
	}

	/**
	 * Lists the violations of a schema by a value.
	 * @param reference the location of the schema, as in
	 * {@code #/components/schemas/Member}
	 */
	List<String> faults(String reference, JsonNode value) {
		return this.schemas
			.computeIfAbsent(reference, (location) -> this.registry.getSchema(SchemaLocation.of(HERE + location)))
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
