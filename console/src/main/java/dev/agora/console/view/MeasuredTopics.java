package dev.agora.console.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.agora.console.broker.Topic;
import dev.agora.console.broker.Topics;
import dev.agora.console.metric.Series;
import dev.agora.console.scrape.Observation;
import dev.agora.console.scrape.ShownMetrics;

/**
 * The topics as the services measure them, for a console without access to the brokers.
 * The rate of a topic is that of its fastest group.
 */
final class MeasuredTopics {

	private final List<Observation> observations;

	/** The highest lag that an instance reports, by topic and group. */
	private final Map<String, Map<String, Long>> lags = new TreeMap<>();

	private MeasuredTopics(List<Observation> observations) {
		this.observations = observations;
	}

	static Topics of(List<Observation> observations) {
		MeasuredTopics measured = new MeasuredTopics(observations);
		observations.forEach(measured::addLags);
		List<Topic> topics = new ArrayList<>();
		measured.lags.forEach((topic, groups) -> topics.add(measured.topic(topic, groups)));
		return new Topics(true, System.nanoTime(), topics);
	}

	private void addLags(Observation instance) {
		for (Series series : instance.deltas().now().named(ShownMetrics.LAG)) {
			long lag = Math.round(instance.deltas().now().sum(ShownMetrics.LAG, series::equals).orElse(0));
			this.lags.computeIfAbsent(series.tag("topic"), (topic) -> new TreeMap<>())
				.merge(series.tag("group"), lag, Math::max);
		}
	}

	private Topic topic(String name, Map<String, Long> groups) {
		double rate = groups.keySet().stream().mapToDouble(this::rate).max().orElse(0);
		return new Topic(name, 0, 0, Traffic.rounded(rate),
				groups.entrySet().stream().map((one) -> new Topic.Group(one.getKey(), one.getValue(), false)).toList());
	}

	private double rate(String group) {
		return this.observations.stream()
			.mapToDouble((instance) -> instance.deltas()
				.rate(ShownMetrics.EVENTS + "_count", (series) -> series.tag("group").equals(group)))
			.sum();
	}

}
