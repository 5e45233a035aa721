package dev.agora.contract.release;

import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

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
	void aContractIsCompatibleWithItself() {
		assertThat(OpenApiComparison.compare(OPENAPI, OPENAPI)).isEmpty();
		assertThat(EventComparison.compare(EVENTS, EVENTS)).isEmpty();
	}

}
