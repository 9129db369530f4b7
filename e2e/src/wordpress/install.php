<?php
// As the installer does it, but for the mail to the owner: then the plugin and the theme of the test.
mysqli_query( new mysqli( 'localhost', 'root', '', '', 0, __DIR__ . '/socket' ), 'CREATE DATABASE wordpress CHARACTER SET utf8mb4' );
define( 'WP_INSTALLING', true );
require getenv( 'MAQAL_E2E_WORDPRESS' ) . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';
add_filter( 'pre_wp_mail', '__return_true' );
wp_install( 'موقع', 'admin', 'admin@site.invalid', true, '', 'password' );
update_option( 'permalink_structure', '/%postname%/' );
// Else it comes before the settings.
delete_option( 'WPLANG' );
switch_theme( 'site' );
$failed = activate_plugin( 'maqal/maqal.php' );
if ( is_wp_error( $failed ) ) {
	exit( $failed->get_error_message() );
}
flush_rewrite_rules();
