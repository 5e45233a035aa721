package dev.agora.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The contract of the public API, {@code contracts/openapi.json}. */
public final class Contract {

	private static final JsonMapper json = new JsonMapper();

	private static final String PROBLEM = "application/problem+json";

	private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

	/** Methods that HTTP defines for every path and the contract does not describe. */
	private static final Set<String> IMPLICIT = Set.of("OPTIONS", "HEAD");

	private final JsonNode document;

	private final Schemas schemas;

	private final Map<Operation, JsonNode> operations = new LinkedHashMap<>();

	public Contract(String text) {
		this.document = json.readTree(text);
		this.schemas = new Schemas(this.document);
		this.document.path("paths")
			.forEachEntry((path, item) -> item.propertyStream()
				.filter((entry) -> METHODS.contains(entry.getKey()))
				.forEach((entry) -> this.operations.put(new Operation(entry.getKey().toUpperCase(Locale.ROOT), path),
						entry.getValue())));
	}

	/** Loads the contract of this project. */
	public static Contract load() {
		Path here = Path.of("").toAbsolutePath();
		try {
			return new Contract(Files.readString(
					(here.endsWith("system-tests") ? here.getParent() : here).resolve("contracts/openapi.json")));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public Set<Operation> operations() {
		return Set.copyOf(this.operations.keySet());
	}

	/**
	 * Finds the operation of an exchange; empty if the contract has none. Only the path
	 * with the fewest variables counts, even if it lacks the method.
	 */
	public Optional<Operation> find(Exchange exchange) {
		List<Operation> ofPath = this.operations.keySet()
			.stream()
			.filter((operation) -> new Operation(operation.method(), publicPath(operation)).isOf(exchange.path()))
			.toList();
		int fewest = ofPath.stream().mapToInt(Operation::variables).min().orElse(0);
		return ofPath.stream()
			.filter((operation) -> operation.variables() == fewest && operation.method().equals(exchange.method()))
			.findFirst();
	}

	/** The path of an operation at the gateway; a path may have a server of its own. */
	public String publicPath(Operation operation) {
		JsonNode item = this.document.path("paths").path(operation.path());
		String server = (item.has("servers") ? item : this.document).at("/servers/0/url").asString();
		return (server.equals("/") ? "" : server) + operation.path();
	}

	/** Lists the violations of the contract in an exchange. */
	public List<String> faults(Exchange exchange) {
		if (IMPLICIT.contains(exchange.method())) {
			return List.of();
		}
		Optional<Operation> operation = find(exchange);
		if (operation.isEmpty()) {
			return (exchange.status() >= 400) ? inBody(content(PROBLEM, "#/components/schemas/Problem"), exchange)
					: List.of("the contract does not know this operation");
		}
		JsonNode described = this.operations.get(operation.get());
		JsonNode response = resolve(described.path("responses").path(String.valueOf(exchange.status())));
		if (response.isMissingNode()) {
			return List.of("the contract does not know this status: " + exchange.responseBody());
		}
		List<String> faults = new ArrayList<>();
		faults.addAll(inBody(response.path("content"), exchange));
		faults.addAll(inHeaders(response.path("headers"), exchange));
		if (exchange.isSuccess()) {
			faults.addAll(inRequest(described, exchange));
		}
		return faults;
	}

	/** Lists the violations in the examples of the contract. */
	List<String> faultsOfExamples() {
		return this.document.at("/components/schemas")
			.propertyStream()
			.flatMap((schema) -> schema.getValue()
				.path("examples")
				.valueStream()
				.flatMap((example) -> this.schemas.faults("#/components/schemas/" + schema.getKey(), example).stream()))
			.toList();
	}

	/** Lists each {@code $ref} of the contract that leads nowhere. */
	List<String> brokenReferences() {
		return this.document.findValuesAsString("$ref")
			.stream()
			.filter((reference) -> this.document.at(reference.substring(1)).isMissingNode())
			.toList();
	}

	private List<String> inBody(JsonNode content, Exchange exchange) {
		if (content.isEmpty()) {
			return exchange.responseBody().isMissingNode() ? List.of() : List.of("the body should be empty");
		}
		JsonNode media = content.path(exchange.mediaType());
		if (media.isMissingNode()) {
			return List.of("the media type '" + exchange.mediaType() + "' is none of " + content.propertyNames());
		}
		return this.schemas.faults(reference(media.path("schema")), exchange.responseBody());
	}

	private List<String> inHeaders(JsonNode headers, Exchange exchange) {
		return headers.propertyStream()
			.flatMap((header) -> inHeader(header.getKey(), reference(header.getValue()), exchange))
			.toList();
	}

	private Stream<String> inHeader(String name, String reference, Exchange exchange) {
		JsonNode header = this.document.at(reference.substring(1));
		@Nullable String value = exchange.headers().firstValue(name).orElse(null);
		if (value == null) {
			return header.path("required").asBoolean(false) ? Stream.of("the header " + name + " is missing")
					: Stream.empty();
		}
		boolean number = header.at("/schema/type").asString("").equals("integer") && value.matches("[0-9]{1,9}");
		JsonNode read = number ? JsonNodeFactory.instance.numberNode(Integer.parseInt(value))
				: JsonNodeFactory.instance.stringNode(value);
		return this.schemas.faults(reference + "/schema", read).stream().map((fault) -> name + ": " + fault);
	}

	/** Lists the violations in a request that was served with success. */
	private List<String> inRequest(JsonNode operation, Exchange exchange) {
		List<String> faults = new ArrayList<>();
		List<String> parameters = operation.path("parameters")
			.valueStream()
			.map((parameter) -> resolve(parameter).path("name").asString())
			.toList();
		exchange.parameters()
			.stream()
			.filter((parameter) -> !parameters.contains(parameter))
			.forEach((unknown) -> faults.add("the contract does not know the parameter " + unknown));
		JsonNode content = operation.at("/requestBody/content");
		JsonNode schema = content.at("/application~1json/schema");
		if (content.isMissingNode() != (exchange.requestBody() == null)) {
			faults.add(content.isMissingNode() ? "it was served with a body" : "it was served without a body");
		}
		else if (exchange.requestBody() != null && !schema.isMissingNode()) {
			faults.addAll(ofRequest(reference(schema), exchange.requestBody()));
		}
		return faults;
	}

	private List<String> ofRequest(String reference, String requestBody) {
		try {
			return this.schemas.faults(reference, json.readTree(requestBody));
		}
		catch (JacksonException ex) {
			return List.of("it was served with a body that is no JSON");
		}
	}

	private JsonNode resolve(JsonNode node) {
		return node.has("$ref") ? this.document.at(reference(node).substring(1)) : node;
	}

	/** Returns the reference to a body or header, which are all named components. */
	private static String reference(JsonNode node) {
		return node.required("$ref").asString();
	}

	private static JsonNode content(String media, String reference) {
		return json.valueToTree(Map.of(media, Map.of("schema", Map.of("$ref", reference))));
	}

}
