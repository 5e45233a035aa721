package dev.agora.product.planted;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.platform.event.Event;

/** An event without an entry in the contract, and a listener with an unknown group. */
public sealed interface PlantedEvent extends Event {

	/** An event that no contract has. */
	record Found(String name) implements PlantedEvent {
	}

	/** A listener that no contract has. */
	class Listener {

		@KafkaListener(topics = "product.products.v1", groupId = "product.planted")
		void onProducts(List<ConsumerRecord<String, byte[]>> records) {
			records.clear();
		}

	}

}
