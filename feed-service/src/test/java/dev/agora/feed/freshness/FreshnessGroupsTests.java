package dev.agora.feed.freshness;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The freshness of feeds depends on all groups without which a page may lack something.
 */
class FreshnessGroupsTests {

	/** Groups that add nothing to feeds. */
	private static final Set<String> OTHERS = Set.of("feed.export-jobs", "feed.export-parts", "feed.reconciler",
			// The groups of the same topics that change feeds store the same copies.
			"feed.follow-projection", "feed.block-projection");

	@Test
	void hasEachGroupThatAddsSomethingToFeeds() {
		Map<String, String> groups = new HashMap<>();
		listeners().forEach((listener) -> groups.put(listener.groupId(), listener.topics()[0]));
		assertThat(groups).as("the groups of this service").containsKeys(OTHERS.toArray(String[]::new));
		groups.keySet().removeAll(OTHERS);
		assertThat(FreshnessConfiguration.GROUPS).isEqualTo(groups);
	}

	private static Stream<KafkaListener> listeners() {
		ClassPathScanningCandidateComponentProvider scan = new ClassPathScanningCandidateComponentProvider(false);
		scan.addIncludeFilter(
				(reader, factory) -> reader.getAnnotationMetadata().hasAnnotatedMethods(KafkaListener.class.getName()));
		return scan.findCandidateComponents("dev.agora.feed")
			.stream()
			.map(BeanDefinition::getBeanClassName)
			.map((name) -> ClassUtils.resolveClassName(String.valueOf(name), null))
			.flatMap((type) -> Arrays.stream(type.getDeclaredMethods()))
			.flatMap((method) -> Arrays.stream(method.getAnnotationsByType(KafkaListener.class)));
	}

}
