package dev.agora.graph.follow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.event.EventTypes;

import static org.assertj.core.api.Assertions.assertThat;

class FollowEventTests {

	private static final JsonMapper json = new JsonMapper();

	static Stream<FollowEvent> all() {
		return Stream.of(new FollowEvent.Started("0SAX0RSKMBGW0", "0SAX0RSKRBJT3"),
				new FollowEvent.Ended("0SAX0RSKMBGW0", "0SAX0RSKRBJT3"));
	}

	@ParameterizedTest
	@MethodSource("all")
	void isWhatTheContractSays(FollowEvent event) throws IOException {
		assertThat(faults(event, json.writeValueAsString(event))).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("all")
	void wouldNotPassWithoutItsFollower(FollowEvent event) throws IOException {
		assertThat(faults(event, json.writeValueAsString(event).replace("\"follower\"", "\"fan\""))).isNotEmpty();
	}

	private static List<Error> faults(FollowEvent event, String written) throws IOException {
		Path contract = Path.of("../contracts/events", EventTypes.nameOf(event.getClass()) + ".json");
		return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
			.getSchema(Files.readString(contract))
			.validate(written, InputFormat.JSON);
	}

}
