package dev.agora.product.page.bake;

/**
 * From where another run of the job resumes.
 *
 * @param product the id of the last product whose page and those before are built
 * @param done the number of these products
 */
public record BakeCheckpoint(String product, long done) {

	/** Before the first product. */
	static final BakeCheckpoint START = new BakeCheckpoint("", 0);

}
