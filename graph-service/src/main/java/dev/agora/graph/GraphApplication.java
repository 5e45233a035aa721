package dev.agora.graph;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

import dev.agora.graph.follow.FollowController;
import dev.agora.graph.follow.Follows;
import dev.agora.graph.follow.MemberGraphController;
import dev.agora.graph.member.MemberProjection;
import dev.agora.graph.member.MemberSettings;
import dev.agora.graph.reconcile.FollowListener;
import dev.agora.graph.reconcile.FollowReconciler;
import dev.agora.graph.reconcile.MemberListener;
import dev.agora.platform.document.MongoConfiguration;
import dev.agora.platform.kafka.KafkaConfiguration;
import dev.agora.platform.web.ServiceWebConfiguration;
import dev.agora.platform.web.WebConfiguration;

/** The graph-service: what it is made of. */
@SpringBootConfiguration
@EnableAutoConfiguration
@EnableConfigurationProperties(MemberSettings.class)
@Import({ WebConfiguration.class, //
		ServiceWebConfiguration.class, //
		MongoConfiguration.class, //
		KafkaConfiguration.class, //
		FollowController.class, //
		MemberGraphController.class, //
		Follows.class, //
		MemberProjection.class, //
		FollowReconciler.class, //
		MemberListener.class, //
		FollowListener.class })
public class GraphApplication {

	public static void main(String[] args) {
		SpringApplication.run(GraphApplication.class, args);
	}

}
