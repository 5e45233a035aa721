package dev.agora.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.bson.Document;
import reactor.core.publisher.Flux;

/** The documents and events of products, as they are stored. */
final class StoredProducts {

	private static final String TOPIC = "product.products.v1";

	private StoredProducts() {
	}

	/** Returns the documents of some products by id, as JSON. */
	static Map<String, String> documents(List<String> ids) throws IOException {
		Map<String, String> documents = new TreeMap<>();
		try (MongoClient client = MongoClients.create("mongodb://127.0.0.1:" + TestSystem.portOf("mongodb"))) {
			Flux.from(client.getDatabase("product").getCollection("products").find(Filters.in("_id", ids)))
				.collectMap((document) -> document.getString("_id"), Document::toJson)
				.blockOptional(Await.SOON)
				.ifPresent(documents::putAll);
		}
		return documents;
	}

	/** Returns the values of all events of some products by id, joined. */
	static Map<String, String> events(List<String> ids) throws IOException {
		Map<String, Object> settings = Map.of("bootstrap.servers", "127.0.0.1:" + TestSystem.portOf("kafka"));
		Map<String, String> events = new TreeMap<>();
		try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings, new StringDeserializer(),
				new StringDeserializer())) {
			List<TopicPartition> partitions = consumer.partitionsFor(TOPIC)
				.stream()
				.map((partition) -> new TopicPartition(TOPIC, partition.partition()))
				.toList();
			consumer.assign(partitions);
			consumer.seekToBeginning(partitions);
			Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
			while (partitions.stream().anyMatch((each) -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
				for (ConsumerRecord<String, String> event : consumer.poll(Duration.ofSeconds(1))) {
					// A watermark has no key.
					if (event.key() != null && ids.contains(event.key())) {
						events.merge(event.key(), type(event) + " " + event.value() + "\n", String::concat);
					}
				}
			}
		}
		return events;
	}

	private static String type(ConsumerRecord<String, String> event) {
		return new String(event.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8);
	}

}
