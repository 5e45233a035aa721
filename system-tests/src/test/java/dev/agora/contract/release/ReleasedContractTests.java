package dev.agora.contract.release;

import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import dev.agora.contract.AsyncContract;
import dev.agora.contract.ContractFiles;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contracts break no client and no listener of the last release. A release copies the
 * contracts to {@code contracts/released}.
 */
class ReleasedContractTests {

	private static final String OPENAPI = ContractFiles.read("contracts/openapi.json");

	private static final Map<String, JsonNode> EVENTS = ContractFiles.schemas("contracts/events");

	@Test
	void theApiBreaksNoOldClient() {
		assertThat(OpenApiComparison.compare(ContractFiles.read("contracts/released/openapi.json"), OPENAPI)).isEmpty();
	}

	@Test
	void theEventsBreakNoOldListener() {
		assertThat(EventComparison.compare(ContractFiles.schemas("contracts/released/events"), EVENTS)).isEmpty();
	}

	@Test
	void everyEventStaysInItsTopicWithItsKey() {
		AsyncContract released = new AsyncContract(ContractFiles.read("contracts/released/asyncapi.yaml"));
		assertThat(AsyncContract.load().deliveries()).containsAll(released.deliveries());
	}

	@Test
	void findsAnEventThatMovesToAnotherTopic() {
		String text = ContractFiles.read("contracts/asyncapi.yaml");
		AsyncContract moved = new AsyncContract(
				text.replace("address: product.products.v1", "address: product.listings.v1"));
		assertThat(moved.deliveries()).doesNotContainAnyElementsOf(AsyncContract.load()
			.deliveries()
			.stream()
			.filter((delivery) -> delivery.startsWith("product.products.v1 "))
			.toList());
	}

	@Test
	void aContractIsCompatibleWithItself() {
		assertThat(OpenApiComparison.compare(OPENAPI, OPENAPI)).isEmpty();
		assertThat(EventComparison.compare(EVENTS, EVENTS)).isEmpty();
	}

}
