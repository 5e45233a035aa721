package dev.agora.product.catalog;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.event.EventTypes;

import static org.assertj.core.api.Assertions.assertThat;

class ProductEventTests {

	private static final JsonMapper json = new JsonMapper();

	private static final ProductEvent.Listed LISTED = new ProductEvent.Listed("Lamp", "home",
			Price.of(new BigDecimal("12.5"), "EUR"), ProductTests.ANNA, Instant.parse("2026-01-02T03:04:05.678Z"));

	@Test
	void isWhatTheContractSays() throws IOException {
		assertThat(schema(LISTED).validate(json.writeValueAsString(LISTED), InputFormat.JSON)).isEmpty();
	}

	@Test
	void wouldNotPassWithoutItsSeller() throws IOException {
		String less = json.writeValueAsString(LISTED).replace("\"seller\"", "\"vendor\"");
		assertThat(schema(LISTED).validate(less, InputFormat.JSON)).isNotEmpty();
	}

	@Test
	void isReadBackAsItWasWritten() {
		assertThat(json.readValue(json.writeValueAsString(LISTED), ProductEvent.Listed.class)).isEqualTo(LISTED);
	}

	private static Schema schema(ProductEvent event) throws IOException {
		Path contract = Path.of("../contracts/events", EventTypes.nameOf(event.getClass()) + ".json");
		return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
			.getSchema(Files.readString(contract));
	}

}
