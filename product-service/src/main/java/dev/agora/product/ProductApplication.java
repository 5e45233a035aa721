package dev.agora.product;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

import dev.agora.platform.cache.RedissonConfiguration;
import dev.agora.platform.document.MongoConfiguration;
import dev.agora.platform.stream.KafkaConfiguration;
import dev.agora.platform.web.HandlerConfiguration;
import dev.agora.platform.web.WebConfiguration;
import dev.agora.product.catalog.ProductCache;
import dev.agora.product.catalog.ProductCacheListener;
import dev.agora.product.catalog.ProductController;
import dev.agora.product.catalog.Products;
import dev.agora.product.member.Members;
import dev.agora.product.upkeep.MemberListener;
import dev.agora.product.upkeep.ProductListener;
import dev.agora.product.upkeep.Upkeep;

/** The product-service: what it is made of. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({ WebConfiguration.class, //
		HandlerConfiguration.class, //
		MongoConfiguration.class, //
		RedissonConfiguration.class, //
		KafkaConfiguration.class, //
		ProductController.class, //
		Products.class, //
		ProductCache.class, //
		ProductCacheListener.class, //
		Members.class, //
		Upkeep.class, //
		MemberListener.class, //
		ProductListener.class })
public class ProductApplication {

	public static void main(String[] args) {
		SpringApplication.run(ProductApplication.class, args);
	}

}
