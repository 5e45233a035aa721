package dev.agora.product.planted;

import com.mongodb.client.model.Filters;
import org.bson.conversions.Bson;

/** A policy that queries the database itself. */
public final class QueryingPolicy {

	Bson cheap() {
		return Filters.lt("price", 1);
	}

}
