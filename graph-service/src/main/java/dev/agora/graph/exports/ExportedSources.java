package dev.agora.graph.exports;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.agora.graph.edge.BlockEdges;
import dev.agora.graph.edge.FollowEdges;
import dev.agora.graph.suggestion.store.Dismissals;
import dev.agora.graph.suggestion.store.SuggestionLists;
import dev.agora.graph.tie.Ties;
import dev.agora.platform.document.Stored;
import dev.agora.platform.exports.ExportSource;

/**
 * Lists what graph-service holds about a member. The blocks of others against the member
 * are not among it: they are data of those others, who have told nobody.
 */
@Configuration(proxyBeanMethods = false)
public class ExportedSources {

	@Bean
	ExportSource exportedFollows(FollowEdges follows) {
		return ExportSource.of("follow",
				(member) -> follows.scanOf(member).map(Stored::value).map(ExportedFollowView::of));
	}

	@Bean
	ExportSource exportedFollowers(Ties ties, FollowEdges follows) {
		return ExportSource.of("follower",
				(member) -> new FollowerEdges(ties, follows).scan(member).map(ExportedFollowView::of));
	}

	@Bean
	ExportSource exportedBlocks(BlockEdges blocks) {
		return ExportSource.of("block",
				(member) -> blocks.scanOf(member).map(Stored::value).map(ExportedBlockView::of));
	}

	@Bean
	ExportSource exportedDismissals(Dismissals dismissals) {
		return ExportSource.of("dismissed-suggestion",
				(member) -> dismissals.list(member).map(ExportedDismissalView::new));
	}

	@Bean
	ExportSource exportedSuggestions(SuggestionLists suggestions) {
		return ExportSource.of("suggestion",
				(member) -> suggestions.find(member)
					.flatMapIterable((stored) -> stored.list().items())
					.map(ExportedSuggestionView::of));
	}

}
