package dev.agora.contract;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The contract of the events, {@code contracts/asyncapi.yaml}. */
public final class AsyncContract {

	private static final String FILE = "contracts/asyncapi.yaml";

	private static final String DEAD_LETTERS = "dead-letters";

	private final JsonNode document;

	public AsyncContract(String text) {
		Object read = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
		this.document = JsonMapper.shared().valueToTree(read);
	}

	/** Loads the contract of this project. */
	public static AsyncContract load() {
		return new AsyncContract(ContractFiles.read(FILE));
	}

	/** Returns the service that publishes to each topic. */
	public Map<String, String> producers() {
		Map<String, String> producers = new TreeMap<>();
		operations("send").forEach((operation) -> producers.put(topic(operation), operation.path("title").asString()));
		return producers;
	}

	/** Returns {@code <topic> <group>} of each consumer group. */
	public Set<String> groups() {
		Set<String> groups = new TreeSet<>();
		operations("receive").forEach((operation) -> groups
			.add(topic(operation) + " " + operation.at("/bindings/kafka/groupId/const").asString()));
		return groups;
	}

	/** Returns the topics, without those of dead letters. */
	public Set<String> topics() {
		Set<String> topics = new TreeSet<>();
		this.document.path("channels")
			.propertyStream()
			.filter((channel) -> !channel.getKey().equals(DEAD_LETTERS))
			.forEach((channel) -> topics.add(channel.getValue().path("address").asString()));
		return topics;
	}

	/** Returns {@code <topic>.<group>} of each topic of dead letters. */
	public Set<String> deadLetters() {
		Set<String> sources = new TreeSet<>();
		this.document.path("channels")
			.path(DEAD_LETTERS)
			.at("/parameters/source/enum")
			.forEach((source) -> sources.add(source.asString()));
		return sources;
	}

	/** Returns the topic of each type of event. */
	public Map<String, String> events() {
		Map<String, String> events = new TreeMap<>();
		this.document.path("channels")
			.propertyStream()
			.forEach((channel) -> channel.getValue()
				.path("messages")
				.propertyNames()
				.forEach((type) -> events.put(type, channel.getValue().path("address").asString())));
		return events;
	}

	/** Returns {@code <topic> <type of event> <schema of the key>} of each event. */
	public Set<String> deliveries() {
		Set<String> deliveries = new TreeSet<>();
		this.document.path("channels")
			.propertyStream()
			.filter((channel) -> !channel.getKey().equals(DEAD_LETTERS))
			.forEach((channel) -> channel.getValue()
				.path("messages")
				.propertyNames()
				.forEach((type) -> deliveries
					.add(channel.getValue().path("address").asString() + " " + type + " " + keyOf(type))));
		return deliveries;
	}

	private String keyOf(String type) {
		JsonNode key = this.document.path("components").path("messages").path(type).at("/bindings/kafka/key");
		JsonNode schema = key.has("$ref") ? this.document.at(key.path("$ref").asString().substring(1)) : key;
		return schema.path("type").asString("none") + " " + schema.path("pattern").asString("");
	}

	/** Returns the file with the schema of each type of event. */
	Map<String, String> schemas() {
		Map<String, String> schemas = new TreeMap<>();
		this.document.at("/components/messages")
			.propertyStream()
			.forEach((message) -> schemas.put(message.getKey(),
					message.getValue().at("/payload/schema/$ref").asString()));
		return schemas;
	}

	/** Lists each {@code $ref} within the contract that leads nowhere. */
	Stream<String> brokenReferences() {
		return this.document.findValuesAsString("$ref")
			.stream()
			.filter((reference) -> reference.startsWith("#"))
			.filter((reference) -> this.document.at(reference.substring(1)).isMissingNode());
	}

	private Stream<JsonNode> operations(String action) {
		return this.document.path("operations")
			.valueStream()
			.filter((operation) -> operation.path("action").asString().equals(action));
	}

	private String topic(JsonNode operation) {
		String channel = operation.at("/channel/$ref").asString();
		return this.document.at(channel.substring(1)).path("address").asString();
	}

}
