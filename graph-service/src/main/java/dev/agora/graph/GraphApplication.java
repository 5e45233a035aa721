package dev.agora.graph;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

import dev.agora.graph.follow.FollowController;
import dev.agora.graph.follow.Follows;
import dev.agora.graph.follow.NeighbourController;
import dev.agora.graph.member.MemberSettings;
import dev.agora.graph.member.Members;
import dev.agora.graph.upkeep.FollowListener;
import dev.agora.graph.upkeep.MemberListener;
import dev.agora.graph.upkeep.Upkeep;
import dev.agora.platform.document.MongoConfiguration;
import dev.agora.platform.stream.KafkaConfiguration;
import dev.agora.platform.web.HandlerConfiguration;
import dev.agora.platform.web.WebConfiguration;

/** The graph-service: what it is made of. */
@SpringBootConfiguration
@EnableAutoConfiguration
@EnableConfigurationProperties(MemberSettings.class)
@Import({ WebConfiguration.class, //
		HandlerConfiguration.class, //
		MongoConfiguration.class, //
		KafkaConfiguration.class, //
		FollowController.class, //
		NeighbourController.class, //
		Follows.class, //
		Members.class, //
		Upkeep.class, //
		MemberListener.class, //
		FollowListener.class })
public class GraphApplication {

	public static void main(String[] args) {
		SpringApplication.run(GraphApplication.class, args);
	}

}
