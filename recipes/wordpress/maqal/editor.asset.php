<?php
// What editor.js needs, as WordPress wants to be told beside it.
return array(
	'dependencies' => array( 'wp-blocks', 'wp-block-editor', 'wp-components', 'wp-element' ),
	'version'      => '1.0.0',
);
