package dev.agora.graph;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

import dev.agora.graph.block.BlockController;
import dev.agora.graph.block.BlockListener;
import dev.agora.graph.block.Blocks;
import dev.agora.graph.card.CardAnnouncer;
import dev.agora.graph.card.CardCache;
import dev.agora.graph.consistency.GraphSources;
import dev.agora.graph.count.MemberGraphs;
import dev.agora.graph.count.Recount;
import dev.agora.graph.count.RecountSettings;
import dev.agora.graph.count.RecountSweep;
import dev.agora.graph.count.SweepPositions;
import dev.agora.graph.count.TieWriter;
import dev.agora.graph.edge.BlockEdges;
import dev.agora.graph.edge.FollowEdges;
import dev.agora.graph.edge.Separation;
import dev.agora.graph.exports.ExportedSources;
import dev.agora.graph.follow.FollowCompletion;
import dev.agora.graph.follow.FollowController;
import dev.agora.graph.follow.FollowListener;
import dev.agora.graph.follow.Follows;
import dev.agora.graph.follow.MemberGraphController;
import dev.agora.graph.follow.MemberSweep;
import dev.agora.graph.follow.MemberTies;
import dev.agora.graph.follow.PendingMembers;
import dev.agora.graph.follow.TieMigration;
import dev.agora.graph.follow.VisibleTies;
import dev.agora.graph.imports.EdgeImporter;
import dev.agora.graph.imports.FollowImportController;
import dev.agora.graph.imports.FollowImportHandler;
import dev.agora.graph.imports.MemberHandles;
import dev.agora.graph.mutual.MutualFriendController;
import dev.agora.graph.mutual.MutualFriendFilter;
import dev.agora.graph.mutual.MutualFriends;
import dev.agora.graph.path.PathController;
import dev.agora.graph.path.PathSettings;
import dev.agora.graph.path.Paths;
import dev.agora.graph.set.SetConfiguration;
import dev.agora.graph.set.event.SetListener;
import dev.agora.graph.suggestion.SuggestionComputation;
import dev.agora.graph.suggestion.SuggestionController;
import dev.agora.graph.suggestion.SuggestionFilter;
import dev.agora.graph.suggestion.SuggestionReader;
import dev.agora.graph.suggestion.SuggestionSettings;
import dev.agora.graph.suggestion.rank.FriendScan;
import dev.agora.graph.suggestion.refresh.MemberRefresh;
import dev.agora.graph.suggestion.refresh.RefreshJob;
import dev.agora.graph.suggestion.refresh.RefreshSchedule;
import dev.agora.graph.suggestion.store.Dismissals;
import dev.agora.graph.suggestion.store.SuggestionLists;
import dev.agora.graph.suggestion.store.SuggestionRemoval;
import dev.agora.graph.tie.TieCards;
import dev.agora.graph.tie.Ties;
import dev.agora.platform.cache.CacheConfiguration;
import dev.agora.platform.document.MongoConfiguration;
import dev.agora.platform.exports.ExportConfiguration;
import dev.agora.platform.exports.ExportRequestListener;
import dev.agora.platform.imports.ImportConfiguration;
import dev.agora.platform.imports.UploadListener;
import dev.agora.platform.job.JobConfiguration;
import dev.agora.platform.job.web.JobController;
import dev.agora.platform.job.web.JobEventsController;
import dev.agora.platform.kafka.KafkaConfiguration;
import dev.agora.platform.lifecycle.EventLoops;
import dev.agora.platform.member.MemberConfiguration;
import dev.agora.platform.member.MemberListener;
import dev.agora.platform.schedule.LeasedSchedules;
import dev.agora.platform.web.ServiceWebConfiguration;
import dev.agora.platform.web.WebConfiguration;

/** Starts graph-service and lists its components. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({ WebConfiguration.class, //
		ServiceWebConfiguration.class, //
		MongoConfiguration.class, //
		CacheConfiguration.class, //
		KafkaConfiguration.class, //
		GraphSources.class, //
		LeasedSchedules.class, //
		JobConfiguration.class, //
		JobController.class, //
		JobEventsController.class, //
		MemberConfiguration.class, //
		MemberListener.class, //
		FollowEdges.class, //
		BlockEdges.class, //
		Separation.class, //
		Ties.class, //
		TieCards.class, //
		MemberGraphs.class, //
		TieWriter.class, //
		FollowController.class, //
		Follows.class, //
		FollowCompletion.class, //
		FollowListener.class, //
		BlockController.class, //
		Blocks.class, //
		BlockListener.class, //
		MemberGraphController.class, //
		VisibleTies.class, //
		MemberTies.class, //
		PendingMembers.class, //
		MemberSweep.class, //
		SweepPositions.class, //
		Recount.class, //
		RecountSweep.class, //
		TieMigration.class, //
		SetConfiguration.class, //
		SetListener.class, //
		CardCache.class, //
		CardAnnouncer.class, //
		MutualFriendController.class, //
		MutualFriendFilter.class, //
		MutualFriends.class, //
		PathController.class, //
		Paths.class, //
		ImportConfiguration.class, //
		UploadListener.class, //
		ExportConfiguration.class, //
		ExportRequestListener.class, //
		ExportedSources.class, //
		FollowImportController.class, //
		FollowImportHandler.class, //
		EdgeImporter.class, //
		MemberHandles.class, //
		SuggestionController.class, //
		SuggestionReader.class, //
		SuggestionComputation.class, //
		SuggestionFilter.class, //
		FriendScan.class, //
		SuggestionLists.class, //
		Dismissals.class, //
		SuggestionRemoval.class, //
		RefreshJob.class, //
		MemberRefresh.class, //
		RefreshSchedule.class })
@EnableConfigurationProperties({ PathSettings.class, RecountSettings.class, SuggestionSettings.class })
public class GraphApplication {

	public static void main(String[] args) {
		EventLoops.matchCores();
		SpringApplication.run(GraphApplication.class, args);
	}

}
