/**
 * Imports of products from files. <pre>
 * upload   ImportController  > upload.Uploads: chunks   > platform.job.Jobs.submit
 * job      ImportHandler     > row.RowReader: batches   > RowImporter > SellerKeys, Products
 * cleanup  UploadListener    deletes the upload of a job that has ended
 * </pre>
 */
@NullMarked
package dev.agora.product.imports;

import org.jspecify.annotations.NullMarked;
