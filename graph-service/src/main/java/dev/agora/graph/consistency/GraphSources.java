package dev.agora.graph.consistency;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.agora.graph.card.CardCache;
import dev.agora.graph.edge.BlockEdges;
import dev.agora.graph.edge.FollowEdges;
import dev.agora.graph.follow.MemberTies;
import dev.agora.platform.consistency.SourceProgress;
import dev.agora.platform.member.MemberProjection;
import dev.agora.platform.watermark.DelayedReader;
import dev.agora.platform.watermark.ProjectionProgress;
import dev.agora.platform.watermark.ProjectionProgress.StoreProgress;
import dev.agora.platform.watermark.Reader;
import dev.agora.platform.watermark.Watermarks;

/** The topics that reads of graph-service depend on. */
@Configuration(proxyBeanMethods = false)
public class GraphSources {

	private static final String MEMBERS = "session.members.v1";

	private static final List<String> READS = List.of("/graph/members", "/graph/suggestions");

	private final Watermarks watermarks;

	GraphSources(Watermarks watermarks) {
		this.watermarks = watermarks;
	}

	@Bean
	SourceProgress followProgress() {
		return new ProjectionProgress(FollowEdges.TOPIC, READS, StoreProgress.OWN,
				List.of(group("graph.sets", FollowEdges.TOPIC), group("graph.follow-ties", FollowEdges.TOPIC)));
	}

	@Bean
	SourceProgress blockProgress() {
		return new ProjectionProgress(BlockEdges.TOPIC, READS, StoreProgress.OWN,
				List.of(group("graph.block-ties", BlockEdges.TOPIC)));
	}

	/** The check reads the ties without announcing the member's card again. */
	@Bean
	SourceProgress memberProgress(MemberProjection members, MemberTies ties, Clock clock) {
		Reader group = group("graph.members", MEMBERS);
		Reader cards = DelayedReader.after(group, CardCache.LIFETIME.plus(Duration.ofSeconds(1)), clock);
		return new ProjectionProgress(MEMBERS, READS,
				StoreProgress.of(group, members.reconciler(ties)::hasApplied).ofTypes(MemberProjection.eventTypes()),
				List.of(cards));
	}

	private Reader group(String name, String topic) {
		return this.watermarks.reader(name, topic);
	}

}
