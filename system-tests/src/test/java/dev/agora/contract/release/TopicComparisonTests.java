package dev.agora.contract.release;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.agora.contract.AsyncContract;

import static org.assertj.core.api.Assertions.assertThat;

/** The events of the last release keep their topics and keys. */
class TopicComparisonTests {

	private static final String RELEASED = """
			channels:
			  one: {address: a.things.v1, messages: {thing.done: {}, thing.ended: {}}}
			  two: {address: b.things.v1, messages: {thing.done: {}}}
			components:
			  messages:
			    thing.done: {bindings: {kafka: {key: {description: the thing's id}}}}
			    thing.ended: {bindings: {kafka: {key: {description: the thing's id}}}}
			""";

	@Test
	void areThoseOfTheLastRelease() {
		assertThat(
				TopicComparison.compare(AsyncContract.load("contracts/released/asyncapi.yaml"), AsyncContract.load()))
			.isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					a.things.v1      | a.things.v2       | thing.done: no longer in a.things.v1
					b.things.v1      | c.things.v1       | thing.done: no longer in b.things.v1
					, thing.ended: {} | ' '              | thing.ended: no longer in a.things.v1
					done: {bindings: {kafka: {key: {description: the thing's id | done: {bindings: {kafka: {key: {description: the owner's id | thing.done: key was the thing's id, is the owner's id
					""")
	void refuseABreak(String before, String now, String found) {
		assertThat(RELEASED).contains(before);
		assertThat(compareWith(RELEASED.replace(before, now))).contains(found);
	}

	@Test
	void acceptANewEventAndANewTopic() {
		assertThat(compareWith(RELEASED.replace("thing.ended: {}}}",
				"thing.ended: {}, thing.renamed: {}}}\n  three: {address: d.things.v1, messages: {thing.done: {}}}")))
			.isEmpty();
	}

	private static List<String> compareWith(String current) {
		return TopicComparison.compare(new AsyncContract(RELEASED), new AsyncContract(current));
	}

}
