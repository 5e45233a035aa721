package dev.agora.graph;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

import dev.agora.graph.follow.FollowController;
import dev.agora.graph.follow.FollowListener;
import dev.agora.graph.follow.Follows;
import dev.agora.graph.follow.MemberFollows;
import dev.agora.graph.follow.MemberGraphController;
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
		FollowController.class, //
		MemberGraphController.class, //
		Follows.class, //
		MemberConfiguration.class, //
		MemberListener.class, //
		MemberFollows.class, //
		FollowListener.class })
public class GraphApplication {

	public static void main(String[] args) {
		SpringApplication.run(GraphApplication.class, args);
	}

}
