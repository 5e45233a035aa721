package dev.agora.rules;

import java.io.IOException;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

import dev.agora.contract.AsyncContract;
import dev.agora.product.planted.PlantedEvent;

import static org.assertj.core.api.Assertions.assertThat;

/** The contract describes exactly the events, topics and consumer groups of the code. */
class EventMappingsTests {

	private static final AsyncContract contract = AsyncContract.load();

	private static final EventMappings code = new EventMappings(new ClassFileImporter().importPaths(Modules.classes()));

	@Test
	void describesEveryEvent() {
		assertThat(code.events()).isEqualTo(contract.events().keySet());
	}

	@Test
	void describesEveryConsumerGroup() {
		assertThat(code.groups()).isEqualTo(contract.groups());
	}

	@Test
	void describesEveryTopicOfDeadLetters() {
		assertThat(code.deadLetters()).isEqualTo(contract.deadLetters());
	}

	@Test
	void describesTheProducerOfEveryTopic() throws IOException {
		assertThat(EventMappings.producers()).isEqualTo(contract.producers());
	}

	@Test
	void findsAnEventAndAListenerThatTheContractLacks() {
		EventMappings planted = new EventMappings(
				new ClassFileImporter().importClasses(PlantedEvent.Found.class, PlantedEvent.Listener.class));
		assertThat(planted.events()).containsExactly("planted.found")
			.doesNotContainAnyElementsOf(contract.events().keySet());
		assertThat(planted.groups()).containsExactly("product.products.v1 product.planted")
			.doesNotContainAnyElementsOf(contract.groups());
		assertThat(planted.deadLetters()).containsExactly("product.products.v1.product.planted");
	}

}
