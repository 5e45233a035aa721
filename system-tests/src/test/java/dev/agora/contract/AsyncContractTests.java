package dev.agora.contract;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AsyncContractTests {

	private final AsyncContract contract = AsyncContract.load();

	@Test
	void everyReferenceResolves() {
		assertThat(this.contract.brokenReferences()).isEmpty();
	}

	@Test
	void everyEventHasItsSchemaAndEverySchemaItsEvent() {
		Map<String, String> schemas = this.contract.schemas();
		assertThat(ContractFiles.schemas("contracts/events").keySet()).isEqualTo(schemas.keySet())
			.isEqualTo(this.contract.events().keySet());
		assertThat(schemas).allSatisfy((type, file) -> assertThat(file).isEqualTo("events/" + type + ".json"));
	}

	@Test
	void everyTopicHasAProducer() {
		assertThat(this.contract.producers().keySet()).isEqualTo(this.contract.topics());
	}

	@Test
	void findsABrokenReference() {
		assertThat(new AsyncContract("{a: {$ref: '#/channels/none'}}").brokenReferences())
			.containsExactly("#/channels/none");
	}

}
