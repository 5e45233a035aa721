package dev.agora.graph;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

import dev.agora.graph.block.BlockController;
import dev.agora.graph.block.BlockListener;
import dev.agora.graph.block.Blocks;
import dev.agora.graph.count.MemberGraphs;
import dev.agora.graph.count.Recount;
import dev.agora.graph.count.RecountSettings;
import dev.agora.graph.count.RecountSweep;
import dev.agora.graph.count.SweepPositions;
import dev.agora.graph.count.TieWriter;
import dev.agora.graph.edge.BlockEdges;
import dev.agora.graph.edge.FollowEdges;
import dev.agora.graph.edge.Separation;
import dev.agora.graph.follow.FollowController;
import dev.agora.graph.follow.FollowListener;
import dev.agora.graph.follow.Follows;
import dev.agora.graph.follow.MemberGraphController;
import dev.agora.graph.follow.MemberTies;
import dev.agora.graph.follow.TieMigration;
import dev.agora.graph.follow.VisibleTies;
import dev.agora.graph.tie.TieCards;
import dev.agora.graph.tie.Ties;
import dev.agora.platform.document.MongoConfiguration;
import dev.agora.platform.job.JobConfiguration;
import dev.agora.platform.job.web.JobController;
import dev.agora.platform.job.web.JobEventsController;
import dev.agora.platform.kafka.KafkaConfiguration;
import dev.agora.platform.member.MemberConfiguration;
import dev.agora.platform.member.MemberListener;
import dev.agora.platform.web.ServiceWebConfiguration;
import dev.agora.platform.web.WebConfiguration;

/** Starts graph-service and lists its components. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({ WebConfiguration.class, //
		ServiceWebConfiguration.class, //
		MongoConfiguration.class, //
		KafkaConfiguration.class, //
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
		FollowListener.class, //
		BlockController.class, //
		Blocks.class, //
		BlockListener.class, //
		MemberGraphController.class, //
		VisibleTies.class, //
		MemberTies.class, //
		SweepPositions.class, //
		Recount.class, //
		RecountSweep.class, //
		TieMigration.class })
@EnableConfigurationProperties(RecountSettings.class)
public class GraphApplication {

	public static void main(String[] args) {
		SpringApplication.run(GraphApplication.class, args);
	}

}
