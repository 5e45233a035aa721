package dev.agora.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * All objects of a release.
 *
 * @param manifests the objects
 * @param existingSecrets the Secrets that exist before the release
 */
record Rendering(List<Manifest> manifests, Set<String> existingSecrets) {

	static Rendering of(String yaml, Set<String> existingSecrets) {
		List<Manifest> manifests = new ArrayList<>();
		try (MappingIterator<JsonNode> documents = Chart.YAML.readerFor(JsonNode.class).readValues(yaml)) {
			documents.forEachRemaining((document) -> {
				if (document instanceof ObjectNode tree) {
					manifests.add(new Manifest(tree));
				}
			});
		}
		return new Rendering(manifests, existingSecrets);
	}

	Stream<Manifest> all(String kind) {
		return this.manifests.stream().filter((manifest) -> manifest.kind().equals(kind));
	}

	Stream<Pod> pods() {
		return this.manifests.stream().flatMap(Pod::of);
	}

	boolean has(String id) {
		return this.manifests.stream().anyMatch((manifest) -> manifest.id().equals(id));
	}

	Manifest get(String id) {
		return this.manifests.stream()
			.filter((manifest) -> manifest.id().equals(id))
			.findFirst()
			.orElseThrow(() -> new AssertionError("The release has no " + id));
	}

	Rendering without(Predicate<Manifest> excluded) {
		return new Rendering(this.manifests.stream().filter(excluded.negate()).toList(), this.existingSecrets);
	}

	/** Returns a copy without the node at a pointer. */
	Rendering without(String id, String pointer) {
		JsonPointer path = JsonPointer.compile(pointer);
		return changed(id, (tree) -> {
			if (tree.at(path.head()) instanceof ObjectNode parent) {
				parent.remove(path.last().getMatchingProperty());
			}
			else {
				((ArrayNode) tree.at(path.head())).remove(path.last().getMatchingIndex());
			}
		});
	}

	/** Returns a copy with another value, given in YAML, at a pointer. */
	Rendering with(String id, String pointer, String yaml) {
		JsonPointer path = JsonPointer.compile(pointer);
		JsonNode value = Chart.YAML.readTree(yaml);
		return changed(id, (tree) -> {
			if (tree.at(path.head()) instanceof ArrayNode list) {
				list.add(value);
			}
			else {
				((ObjectNode) tree.at(path.head())).set(path.last().getMatchingProperty(), value);
			}
		});
	}

	private Rendering changed(String id, Consumer<ObjectNode> change) {
		ObjectNode copy = get(id).tree().deepCopy();
		change.accept(copy);
		return new Rendering(this.manifests.stream()
			.map((manifest) -> manifest.id().equals(id) ? new Manifest(copy) : manifest)
			.toList(), this.existingSecrets);
	}

}
