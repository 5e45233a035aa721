package dev.agora.contract.release;

import java.util.ArrayList;
import java.util.List;

import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares the contract of the API with that of the last release: openapi-diff compares
 * operations and parameters, and {@link SchemaComparison} the schemas of bodies, since
 * openapi-diff overlooks changed types in documents of OpenAPI 3.1.
 */
final class OpenApiComparison {

	private static final JsonMapper json = JsonMapper.shared();

	private final JsonNode released;

	private final JsonNode current;

	private final List<String> breaks = new ArrayList<>();

	private OpenApiComparison(JsonNode released, JsonNode current) {
		this.released = released;
		this.current = current;
	}

	/** Lists the changes that break an old client, one line each. */
	static List<String> compare(String released, String current) {
		OpenApiComparison comparison = new OpenApiComparison(json.readTree(released), json.readTree(current));
		comparison.operations(OpenApiCompare.fromContents(released, current));
		comparison.bodies();
		return comparison.breaks;
	}

	private void operations(ChangedOpenApi diff) {
		diff.getMissingEndpoints()
			.forEach((missing) -> this.breaks.add(missing.getMethod() + " " + missing.getPathUrl() + ": removed"));
		diff.getChangedOperations()
			.stream()
			.filter((changed) -> changed.isIncompatible())
			.forEach((changed) -> this.breaks
				.add(changed.getHttpMethod() + " " + changed.getPathUrl() + ": incompatible by openapi-diff"));
	}

	private void bodies() {
		this.released.path("paths")
			.forEachEntry((path, item) -> item.forEachEntry((method, operation) -> operation(path, method, operation)));
	}

	private void operation(String path, String method, JsonNode before) {
		JsonNode now = this.current.path("paths").path(path).path(method);
		if (now.isMissingNode() || !before.has("responses")) {
			return;
		}
		String where = method + " " + path;
		content(where + " request", request(this.released, before), request(this.current, now), false);
		before.path("responses")
			.forEachEntry((status, response) -> content(where + " " + status, resolve(this.released, response),
					resolve(this.current, now.path("responses").path(status)), true));
	}

	private static JsonNode request(JsonNode document, JsonNode operation) {
		return resolve(document, operation.path("requestBody"));
	}

	private void content(String where, JsonNode before, JsonNode now, boolean sent) {
		before.path("content").forEachEntry((type, media) -> {
			JsonNode same = now.path("content").path(type);
			if (same.isMissingNode()) {
				this.breaks.add(where + ": " + type + " removed");
				return;
			}
			schemas(where, media.path("schema"), same.path("schema"), sent);
		});
	}

	private void schemas(String where, JsonNode before, JsonNode now, boolean sent) {
		SchemaComparison comparison = sent ? SchemaComparison.ofSent(this.released, this.current)
				: SchemaComparison.ofReceived(this.released, this.current);
		this.breaks.addAll(comparison.compare(where, before, now));
	}

	private static JsonNode resolve(JsonNode document, JsonNode node) {
		return node.has("$ref") ? document.at(node.path("$ref").asString().substring(1)) : node;
	}

}
